import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { clientFrame } from '../src/frames.ts'
import { pollHead } from '../src/poll.ts'
import { OLDEST_PROTOCOL, PROTOCOL, SERVER_EVENTS, SERVER_FRAMES } from '../src/version.ts'

/** Key order is of no account. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  )
}

/** What the server takes from clients, by version. A version that is served keeps its line. */
const HASHES: Record<number, string> = {
  3: '412661fbd0146626',
  4: '64b737858f2f14b1',
  5: '64b737858f2f14b1',
  6: '64b737858f2f14b1',
}
/** Heads of polls, likewise; they were not held before version 5. */
const HEAD_HASHES: Record<number, string> = {
  5: '1151e6f0379ecb41',
  6: '1151e6f0379ecb41',
}
/** Kinds of frames that the server sends, by the first version that knows them. */
const ADDED: Record<number, string[]> = {
  1: [
    ...['ack', 'bye', 'changed-conversation', 'changed-person', 'done', 'events', 'failed', 'messages'],
    ...['nack', 'personal', 'pong', 'resync', 'synced', 'typing', 'welcome'],
  ],
  4: ['presence'],
  5: ['database'],
}
/** Kinds of events in them, likewise. */
const ADDED_EVENTS: Record<number, string[]> = {
  1: [
    ...['conversation.changed', 'floor.moved', 'members.changed', 'membership.added', 'membership.changed'],
    ...['membership.removed', 'message.changed', 'message.created', 'thread.changed'],
  ],
  2: ['presence.chosen'],
}

const CHANGED =
  'The frames changed. If an older peer would misread one, raise PROTOCOL and say why in version.ts; then note it here.'

function hashOf(shape: z.ZodType): string {
  const schema = JSON.stringify(sorted(z.toJSONSchema(shape)))
  return createHash('sha256').update(schema).digest('hex').slice(0, 16)
}

test('what clients send does not change without a new version', () => {
  expect(hashOf(clientFrame), CHANGED).toBe(HASHES[PROTOCOL])
})

test('nor do the heads of what they send and ask for by requests', () => {
  expect(hashOf(pollHead), CHANGED).toBe(HEAD_HASHES[PROTOCOL])
})

test.each([
  ['frame', SERVER_FRAMES, ADDED],
  ['event', SERVER_EVENTS, ADDED_EVENTS],
])(
  'servers send no kind of %s that is new without a new version',
  (_, table: Record<string, number>, added) => {
    const kinds = Object.keys(table).sort()
    expect(
      Object.groupBy(kinds, (kind) => table[kind]!),
      CHANGED,
    ).toEqual(added)
    expect(Math.max(...Object.values(table)), CHANGED).toBeLessThanOrEqual(PROTOCOL)
  },
)

test('the present version is served, and every one that is has its hash', () => {
  expect(OLDEST_PROTOCOL).toBeLessThanOrEqual(PROTOCOL)
  for (let version = OLDEST_PROTOCOL; version <= PROTOCOL; version++) expect(HASHES[version]).toBeDefined()
})
