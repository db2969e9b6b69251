import type { ConversationPiece } from '@parley/adapters/fanout/subscriber'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { BOUNDS } from '../src/delivery/bounds.ts'
import { emptyLocal, join, type LocalConversation, personOf } from '../src/delivery/local.ts'
import { ordering } from '../src/delivery/ordering.ts'
import type { Connection } from '../src/gateway/connection.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** bob, in a conversation that stands at version 5, and what reaches him. */
function bobAt5() {
  const local = emptyLocal()
  const told: number[][] = []
  const doubtful: LocalConversation[] = []
  const bob = personOf(local, '12')
  const live = (frame: Buffer) => void told.push(JSON.parse(frame.subarray(2).toString()))
  bob.connections.push({ live } as unknown as Connection)
  join(local, bob, '21', 5)
  const inOrder = ordering(local, { now: Date.now, doubtful: (one) => void doubtful.push(one) })
  return { local, told, doubtful, bob, inOrder }
}

const piece = (first: number, last = first, left: string[] = []): ConversationPiece => ({
  ...{ conversation: '21', first, last, left },
  frame: Buffer.from(JSON.stringify([first, last])),
})

test('what comes in the wrong order is put right, without asking anybody (rule 11)', () => {
  const { inOrder, told, doubtful } = bobAt5()
  for (const one of [piece(8), piece(7), piece(6), piece(9, 11)]) inOrder.take(one)
  vi.advanceTimersByTime(BOUNDS.holdMs * 2)
  expect(told.map(([first]) => first)).toEqual([6, 7, 8, 9])
  expect(doubtful).toEqual([])
})

test('what is missing for too long makes the conversation doubtful, and bob is told nothing over the gap', () => {
  const { inOrder, told, doubtful } = bobAt5()
  inOrder.take(piece(6))
  inOrder.take(piece(8))
  vi.advanceTimersByTime(BOUNDS.holdMs - 1)
  expect(doubtful).toEqual([])
  vi.advanceTimersByTime(1)
  expect(doubtful.map(({ id }) => id)).toEqual(['21'])
  expect(told).toEqual([[6, 6]])
})

test('what was told already, or is known from the database, is not told again', () => {
  const { inOrder, told } = bobAt5()
  for (const one of [piece(4), piece(6), piece(6), piece(5, 7)]) inOrder.take(one)
  expect(told).toEqual([
    [6, 6],
    [5, 7],
  ])
})

test('bob, who is removed by version 7, is told nothing from it on, though 7 came late (rule 13)', () => {
  const { inOrder, told } = bobAt5()
  for (const one of [piece(6), piece(8), piece(7, 7, ['12']), piece(9)]) inOrder.take(one)
  expect(told).toEqual([[6, 6]])
})

test('no more is held than the bound allows: then the database is asked at once', () => {
  const { inOrder, told, doubtful } = bobAt5()
  for (let i = 0; i <= BOUNDS.heldPieces; i++) inOrder.take(piece(10 + i))
  expect(doubtful).toHaveLength(1)
  expect(told).toEqual([])
})
