import { type BrowserContext, test as base, expect } from '@playwright/test'
import { POLLS } from './polls.ts'

/** What a project says of its network: `poll`, no socket opens there. */
export type WebOptions = { transport: 'any' | 'poll' }

/**
 * A test of the web client. In a project that says `transport: 'poll'` it passes only if what its browsers were told came
 * over polls, and over no socket.
 */
export const test = base.extend<WebOptions & { carried: undefined }>({
  transport: ['any', { option: true }],
  carried: [
    async ({ browser, transport }, use) => {
      const carried = { socket: 0, poll: 0 }
      const watch = (context: BrowserContext) => {
        context.on('page', (page) =>
          page.on('websocket', (socket) => socket.on('framereceived', () => carried.socket++)),
        )
        context.on('response', (answer) => POLLS.test(answer.url()) && answer.ok() && carried.poll++)
      }
      browser.on('context', watch)
      await use(undefined)
      browser.off('context', watch)
      if (transport !== 'poll') return
      expect(carried.socket, 'frames that came over a socket').toBe(0)
      expect(carried.poll, 'answers to polls').toBeGreaterThan(0)
    },
    { auto: true },
  ],
})
