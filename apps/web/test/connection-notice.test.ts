import { expect, test } from 'vitest'
import { NOTICES, noticeOf } from '../features/shell/connection-notice.ts'

const waiting = (again: boolean) =>
  ({ state: 'waiting', again, attempt: 1, until: 0, why: 'unreachable' }) as const

test('alice opens the page on a slow line: she is not told that she connects again', () => {
  for (const connection of [
    { state: 'idle' },
    { state: 'connecting', again: false, attempt: 0 },
    waiting(false),
    { state: 'syncing', again: false, node: 'one', transport: 'socket' },
  ] as const) {
    const notice = noticeOf(connection, false)
    expect(notice).toBe('connecting')
    expect(NOTICES[notice!]).not.toMatch(/again|can read/)
  }
})

test('alice loses her connection: she is told that it is being made again, and what works meanwhile', () => {
  for (const connection of [
    waiting(true),
    { state: 'connecting', again: true, attempt: 1 },
    { state: 'syncing', again: true, node: 'one', transport: 'socket' },
  ] as const)
    expect(noticeOf(connection, false)).toBe('connecting-again')
  expect(NOTICES['connecting-again']).toMatch(/Connecting again.*can read and write/)
})

test('bob is offline: what he can read depends on whether anything came before', () => {
  expect(noticeOf(waiting(true), true)).toBe('offline')
  expect(noticeOf(waiting(false), true)).toBe('offline-first')
})

test('alice only reads while the server has no database: she is told whose fault it is, and what works meanwhile', () => {
  const live = { state: 'live', node: 'one', transport: 'socket', since: 0 } as const
  expect(noticeOf({ ...live, databaseAway: true }, false)).toBe('database-away')
  expect(NOTICES['database-away']).toMatch(/server cannot reach its database.*can read.*and write/)
  expect(noticeOf({ ...live, databaseAway: false }, false)).toBeNull()
})

test('alice is refused again and again since the server has no database: she is told so all the while, unless she is offline', () => {
  for (const connection of [waiting(true), { state: 'connecting', again: true, attempt: 1 }] as const) {
    expect(noticeOf({ ...connection, databaseAway: true }, false)).toBe('database-away')
    expect(noticeOf({ ...connection, databaseAway: true }, true)).toBe('offline')
  }
})

test('alice has said something and the server is silent: she is told so before she is connected elsewhere, and what works meanwhile', () => {
  const live = { state: 'live', node: 'one', transport: 'socket', since: 0, silent: true } as const
  expect(noticeOf(live, false)).toBe('silent')
  expect(NOTICES.silent).toMatch(/server does not answer.*can read.*and write/)
  expect(noticeOf(live, true)).toBe('offline')
  expect(noticeOf({ ...live, databaseAway: true }, false)).toBe('database-away')
  const syncing = { state: 'syncing', node: 'one', transport: 'socket', silent: true } as const
  expect(noticeOf({ ...syncing, again: true }, false)).toBe('silent')
  // she has nothing to read yet
  expect(noticeOf({ ...syncing, again: false }, false)).toBe('connecting')
})

test('nothing is said of a connection that stands', () => {
  expect(noticeOf({ state: 'live', node: 'one', transport: 'socket', since: 0 }, false)).toBeNull()
  // A browser that only thinks that it is offline.
  expect(noticeOf({ state: 'live', node: 'one', transport: 'socket', since: 0 }, true)).toBeNull()
})
