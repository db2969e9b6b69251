import type { BrowserContext, Page } from '@playwright/test'
import { POLLS } from './polls.ts'

/** Pages whose connection can be cut and kept from coming back, as a train's tunnel does: over sockets and polls. */
export async function withTunnel(pages: Page | BrowserContext) {
  const open = new Set<() => void>()
  let inside = false
  await pages.routeWebSocket(/.*/, (socket) => {
    if (inside) return void socket.close({ code: 1001 })
    socket.connectToServer()
    open.add(() => void socket.close({ code: 1001 }))
  })
  await pages.route(POLLS, async (route) => {
    if (inside) return route.abort()
    const cut = Promise.withResolvers<null>()
    const leave = () => cut.resolve(null)
    open.add(leave)
    // a poll is held for longer than others are waited for; it ends early where its page does
    const answer = await Promise.race([route.fetch({ timeout: 0 }).catch(() => null), cut.promise])
    open.delete(leave)
    await (answer ? route.fulfill({ response: answer }) : route.abort()).catch(() => {})
  })
  return {
    enter() {
      inside = true
      for (const close of open) close()
      open.clear()
    },
    leave() {
      inside = false
    },
  }
}
