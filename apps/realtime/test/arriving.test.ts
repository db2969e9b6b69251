import type { Queryable } from '@parley/db'
import type { Deps } from '@parley/domain/deps'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDeps, testDeps } from '../../../tests/support/deps.ts'
import { type Someone, someone } from '../../../tests/support/people.ts'
import { Backlog } from '../src/gateway/backlog.ts'
import { BOUNDS } from '../src/gateway/bounds.ts'
import { Connection, type Inside } from '../src/gateway/connection.ts'
import type { Node } from '../src/gateway/node.ts'
import { turns } from '../src/gateway/turns.ts'
import type { Wire } from '../src/gateway/wire.ts'
import { sync } from '../src/handlers/sync.ts'

let world: TestDeps
let backlog: Backlog
/** Does something while the database is asked. */
let meanwhile: () => void
let asked: number
let node: Node
beforeAll(async () => {
  world = await testDeps()
})
afterAll(() => world.close())

/** A node that reads for one at a time. */
function openNode(): void {
  backlog = new Backlog(() => 0)
  asked = 0
  const query = (statement: { name: string; text: string }) => {
    if (statement.text.includes('conversations_of')) asked++
    meanwhile()
    return world.db.connection.query(statement)
  }
  const db = { ...world.db, connection: { query } as unknown as Queryable }
  const room = () => backlog.room()
  node = {
    ...{ deps: { ...world.deps, db } satisfies Deps, backlog, now: () => 0 },
    ...{ firstReads: turns(1, room), syncReads: turns(1, room) },
  } as Node
}

/** Comes, and asks where they stand. */
function arrive(who: Someone): { connection: Connection; answered: Promise<void> } {
  const { promise: answered, resolve } = Promise.withResolvers<void>()
  const write = (frames: readonly Buffer[]) => {
    if (frames.some((frame) => frame.includes('"t":"synced"'))) resolve()
    return frames
  }
  const connection = new Connection({ write, unsent: 0, pause() {} } as unknown as Wire, '', 0, backlog, {
    inside: 0,
  })
  const stage = { at: 'inside', actor: who, person: who, syncs: null } as unknown as Inside
  connection.stage = stage
  sync(connection, stage, { t: 'sync', req: 1, person: 0, conversations: [] }, node)
  return { connection, answered }
}

test('bob, who waits behind alice, is not read for while others use up what the node may hold (rule 16)', async () => {
  const large = Buffer.alloc(BOUNDS.backlogBytes + 1)
  meanwhile = () => {
    meanwhile = () => {}
    backlog.hold(large)
  }
  openNode()
  const [one, other] = [await someone(world, 'alice'), await someone(world, 'bob')]
  const alice = arrive(one)
  const bob = arrive(other)
  let told = false
  void bob.answered.then(() => {
    told = true
  })
  await alice.answered
  // far longer than his question would take
  for (let i = 0; i < 20; i++) await world.db.ping()
  expect(told).toBe(false)
  backlog.release(large)
  await bob.answered
  expect(asked).toBe(2)
})

test('whoever goes while they wait is not read for', async () => {
  meanwhile = () => {}
  openNode()
  const [dan, erin, carol] = [
    await someone(world, 'dan'),
    await someone(world, 'erin'),
    await someone(world, 'carol'),
  ]
  const first = arrive(dan)
  const second = arrive(erin)
  const third = arrive(carol)
  second.connection.over(0)
  await Promise.all([first.answered, third.answered])
  expect(asked).toBe(2)
})
