import type { Page } from '@playwright/test'
import { POLLS } from './polls.ts'

/** Milliseconds. */
const LATE = 700

/** A page to which frames of this kind come late, over sockets and polls, once it is told so. */
export async function withLateFrames(page: Page, kind: string) {
  let late = false
  const begins = `{"t":"${kind}"`
  await page.routeWebSocket(/.*/, (socket) => {
    const server = socket.connectToServer()
    server.onMessage((frame) => {
      setTimeout(() => socket.send(frame), late && String(frame).startsWith(begins) ? LATE : 0)
    })
  })
  await page.route(POLLS, async (route) => {
    // a poll is held for longer than others are waited for; it ends early where its page does
    const response = await route.fetch({ timeout: 0 }).catch(() => null)
    const body = await response?.text().catch(() => null)
    const isLate = late && body?.split('\n').some((line) => line.startsWith(begins))
    if (isLate) await new Promise((resolve) => setTimeout(resolve, LATE))
    await (response ? route.fulfill({ response, body: body ?? '' }) : route.abort()).catch(() => {})
  })
  return {
    begin() {
      late = true
    },
  }
}
