import type { ConversationPiece, PersonPiece } from '@parley/adapters/fanout/subscriber'
import type { Database } from '@parley/db'
import type { Standing } from '@parley/db/queries/delivery/memberships-of'
import type { Id } from '@parley/protocol'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { BOUNDS } from '../src/delivery/bounds.ts'
import { openDelivery } from '../src/delivery/index.ts'
import type { Connection } from '../src/gateway/connection.ts'

// moments that a real database passes through in a millisecond are held open here
beforeEach(
  () => void vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval'] }),
)
afterEach(() => void vi.useRealTimers())
/** Everything that is due within `ms` has happened, and what the database was asked by it is answered. */
async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms)
  for (let i = 0; i < 5; i++) await new Promise(setImmediate)
}

const [BOB, X, SESSION] = ['12', '21', '5']

/** bob on a node whose database says what the test wants, and what reaches him. */
async function bobInside(
  standing: Omit<Standing, 'person'> = { version: 6, conversations: [], versions: [] },
) {
  const database = {
    away: false,
    standing,
    versions: new Map<Id, number>(),
    sessions: [SESSION],
    asked: [] as string[],
    /** While it is set, answers wait for it. */
    until: null as Promise<void> | null,
  }
  async function query({ name }: { name: string }) {
    database.asked.push(name)
    await database.until
    if (database.away) throw new Error('connection refused')
    return { rows: ROWS[name as keyof typeof ROWS]() }
  }
  const ROWS = {
    memberships_of: () => [{ person: BOB, ...database.standing }],
    standing_sessions: () => database.sessions.map((session) => ({ session, name: 'bob', role: 'member' })),
    versions_of: () => [...database.versions].map(([id, version]) => ({ id, version })),
    personal_versions_of: () => [{ id: BOB, version: database.standing.version }],
    members_among: () => [...database.versions.keys()].map((conversation) => ({ conversation, person: BOB })),
  }
  const told: Record<string, unknown>[] = []
  const connection = {
    stage: { at: 'inside', actor: { session: SESSION } },
    live: (frame: Buffer) => void told.push(JSON.parse(frame.subarray(2).toString())),
  } as unknown as Connection
  const redis = { listening: true }
  const ended: Connection[] = []
  const errors: string[] = []
  const delivery = openDelivery({
    db: { connection: { query } } as unknown as Database,
    log: { info() {}, warn() {}, error: (what) => void errors.push(what) },
    now: Date.now,
    presence: { arrived() {}, left() {}, chose() {}, missed() {}, moved() {} },
    revoke: ({ people }) => void (people.includes(BOB) && ended.push(connection)),
    listening: () => redis.listening,
    ended: (one) => void ended.push(one),
  })
  await delivery.enter({ person: BOB, session: SESSION }, () => connection)
  database.asked = []
  return { delivery, database, redis, told, ended, errors }
}

const nothing = { conversations: [], people: [], revoked: { sessions: [], people: [] } }
const piece = (conversation: Id, version: number): ConversationPiece => ({
  ...{ conversation, first: version, last: version, left: [] },
  frame: Buffer.from(JSON.stringify({ version })),
})
const joined = (version: number, at: number): PersonPiece => ({
  ...{ person: BOB, first: version, last: version, moves: [{ version, joined: X, at }] },
  frame: Buffer.from(JSON.stringify({ joined: X })),
})

test('while Redis and PostgreSQL are both away, PostgreSQL is asked no more often the longer it lasts', async () => {
  const { database, redis } = await bobInside()
  redis.listening = false
  database.away = true
  for (let second = 0; second < 60; second++) await pass(1_000)
  const first = database.asked.length
  for (let second = 0; second < 60; second++) await pass(1_000)
  expect(first).toBeGreaterThan(0)
  expect(database.asked.length - first).toBeLessThanOrEqual(first + 5)
})

test('however often it is doubted what bob is in, it is read again in one go, and he is told once', async () => {
  const { delivery, database, told, errors } = await bobInside()
  database.away = true
  for (let i = 0; i < 10; i++) delivery.hints({ ...nothing, people: [[BOB, 7]] })
  await pass(0)
  await pass(BOUNDS.againMs)
  expect(errors).toHaveLength(2)
  database.away = false
  database.standing = { version: 7, conversations: [], versions: [] }
  await pass(BOUNDS.againMs)
  await pass(BOUNDS.againMs)
  expect(told).toEqual([{ t: 'changed-person', person: BOB, version: 7 }])
})

test('bob, who turns out to be in a conversation, is told how far it went: he may have synced before (rule 12)', async () => {
  const { delivery, database, told } = await bobInside()
  database.standing = { version: 7, conversations: [X], versions: [25] }
  delivery.hints({ ...nothing, people: [[BOB, 7]] })
  await pass(0)
  expect(told).toEqual([
    { t: 'changed-person', person: BOB, version: 7 },
    { t: 'changed-conversation', conversation: X, version: 25 },
  ])
})

test('a message that is heard before the news that bob joined is not lost to him (rule 12)', async () => {
  const { delivery, database, told } = await bobInside()
  delivery.parcel({ ...nothing, conversations: [piece(X, 8)] })
  delivery.parcel({ ...nothing, people: [joined(7, 7)] })
  database.versions.set(X, 8)
  await pass(BOUNDS.holdMs)
  expect(told).toEqual([{ joined: X }, { t: 'changed-conversation', conversation: X, version: 8 }])
})

test('when more passes by than can be noted while it is read what bob is in, it is read once more', async () => {
  const { delivery, database, told } = await bobInside()
  const { promise, resolve } = Promise.withResolvers<void>()
  database.until = promise
  database.standing = { version: 7, conversations: [X], versions: [8] }
  delivery.hints({ ...nothing, people: [[BOB, 7]] })
  await pass(0)
  for (let i = 0; i < BOUNDS.passedConversations; i++)
    delivery.parcel({ ...nothing, conversations: [piece(String(1_000 + i), 1)] })
  delivery.parcel({ ...nothing, conversations: [piece(X, 9)] })
  resolve()
  database.until = null
  await pass(0)
  expect(database.asked.filter((name) => name === 'memberships_of')).toHaveLength(2)
  expect(told.at(-1)).toMatchObject({ t: 'changed-conversation', conversation: X })
})

test('news of an end that comes late ends what no longer stands, and not what bob has begun since (rule 13)', async () => {
  const { delivery, database, ended } = await bobInside()
  delivery.hints({ ...nothing, revoked: { sessions: [], people: [BOB] } })
  await pass(0)
  expect(ended).toEqual([])
  database.sessions = []
  delivery.hints({ ...nothing, revoked: { sessions: [], people: [BOB] } })
  await pass(0)
  expect(ended).toHaveLength(1)
})

test('whoever is closed asks for nothing any more, and complains of nothing', async () => {
  const { delivery, database, errors } = await bobInside()
  database.away = true
  delivery.lost()
  delivery.hints({ ...nothing, people: [[BOB, 7]] })
  await pass(0)
  delivery.close()
  database.asked = []
  const before = errors.length
  for (let second = 0; second < 5; second++) await pass(1_000)
  expect(database.asked).toEqual([])
  expect(errors).toHaveLength(before)
})
