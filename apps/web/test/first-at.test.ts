import type { Message } from '@parley/protocol'
import type { Sync } from '@parley/sync'
import { expect, test } from 'vitest'
import { firstAt } from '../features/conversation/first-at.ts'

/** A conversation whose roots were written at these times, of which only what is asked for is held. */
function conversationOf(times: number[], floor = 0) {
  const held = new Map<number, Message>()
  const asked: number[] = []
  const sync = {
    timeline: () => ({ floor, roots: times.length, get: (ordinal: number) => held.get(ordinal) }),
    async ensure(_: string, from: number, to: number) {
      for (let ordinal = from; ordinal <= to; ordinal++) {
        asked.push(ordinal)
        held.set(ordinal, { at: times[ordinal - 1] } as Message)
      }
    },
  } as unknown as Sync
  return { sync, asked }
}

const everyTen = Array.from({ length: 22_000 }, (_, index) => (index + 1) * 10)

test('the first message of a day is found among many with a few questions', async () => {
  const { sync, asked } = conversationOf(everyTen)
  expect(await firstAt(sync, '1', 105_000)).toBe(10_500)
  expect(asked.length).toBeLessThanOrEqual(15)
})

test('a day without messages leads to the next one with some', async () => {
  expect(await firstAt(conversationOf([10, 20, 500, 510]).sync, '1', 100)).toBe(3)
})

test('a day before the beginning leads to the beginning', async () => {
  expect(await firstAt(conversationOf([10, 20]).sync, '1', 1)).toBe(1)
  expect(await firstAt(conversationOf([10, 20, 30], 1).sync, '1', 1)).toBe(2)
})

test('after the last message there is nothing to lead to', async () => {
  expect(await firstAt(conversationOf([10, 20]).sync, '1', 21)).toBeNull()
  expect(await firstAt(conversationOf([]).sync, '1', 21)).toBeNull()
})
