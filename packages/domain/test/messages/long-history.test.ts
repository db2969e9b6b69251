import type { Message } from '@parley/protocol'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { history, sendMessage, threadHistory } from '../../src/messages/index.ts'
import { alice, bob, clientId, general, openRoom } from './room.ts'

/** Three bytes a character. */
const LONG = '字'.repeat(20_000)
const EACH = 12

let room: Awaited<ReturnType<typeof openRoom>>
beforeEach(async () => {
  room = await openRoom()
})
afterEach(() => room.close())

const say = (root?: string): Promise<{ message: string }> =>
  room.as(alice, sendMessage, { id: clientId(), conversation: general, text: LONG, ...(root && { root }) })

type Page = { version: number; messages: Message[]; next?: number }
/** Asks on until the answer is whole. */
async function pagesOf(act: unknown, input: { root?: string } = {}): Promise<Page[]> {
  const pages: Page[] = []
  for (let from: number | undefined = 1; from !== undefined; from = pages.at(-1)!.next)
    pages.push(await room.as(bob, act, { conversation: general, from, to: 100, ...input }))
  return pages
}
const largest = (pages: Page[]) => Math.max(...pages.map((page) => Buffer.byteLength(JSON.stringify(page))))

test('bob reads history of long messages a few at a time, each once, and is told where to go on (rule 15)', async () => {
  for (let i = 0; i < EACH; i++) await say()
  const pages = await pagesOf(history)
  expect(largest(pages)).toBeLessThan(262_144)
  expect(pages.flatMap(({ messages }) => messages.map(({ ordinal }) => ordinal))).toEqual(
    Array.from({ length: EACH }, (_, i) => i + 1),
  )
})

test('a thread likewise: its root comes each time, and at least one reply', async () => {
  const { message: root } = await say()
  for (let i = 0; i < EACH; i++) await say(root)
  const pages = await pagesOf(threadHistory, { root })
  expect(largest(pages)).toBeLessThan(262_144)
  for (const { messages } of pages) expect(messages.filter(({ id }) => id === root)).toHaveLength(1)
  const replies = pages.flatMap(({ messages }) => messages.filter((one) => one.root === root))
  expect(replies.map(({ ordinal }) => ordinal)).toEqual(Array.from({ length: EACH }, (_, i) => i + 1))
})
