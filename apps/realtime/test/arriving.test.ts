import type { Queryable } from '@parley/db'
import type { Deps } from '@parley/domain/deps'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
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
  node = {
    ...{ deps: { ...world.deps, db } satisfies Deps, backlog, now: () => 0 },
    ...{ firstReads: turns(1, backlog), syncReads: turns(1, backlog) },
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
  const person = Object.assign(who, { asked: 0 })
  const stage = { at: 'inside', actor: who, person, syncs: null } as unknown as Inside
  connection.stage = stage
  sync(connection, stage, { t: 'sync', req: 1, person: 0, conversations: [] }, node, 50)
  return { connection, answered }
}

describe('while others use up what the node may hold (rule 16)', () => {
  const large = Buffer.alloc(BOUNDS.backlogBytes + 1)
  /** Used up while somebody is read for who came before. */
  const usedUp = async () => {
    meanwhile = () => {
      meanwhile = () => {}
      backlog.hold(large)
    }
    openNode()
    return arrive(await someone(world, `somebody ${world.deps.newId()}`))
  }

  test('bob, who takes what he is sent, is read for', async () => {
    const bob = await someone(world, 'bob')
    const first = await usedUp()
    const his = arrive(bob)
    await Promise.all([first.answered, his.answered])
    expect(backlog.full).toBe(true)
  })

  test('alice, of whose devices one does not, is not, but only until it does', async () => {
    const alice = await someone(world, 'alice')
    const stuck = { whose: alice, held: () => [], cutOff() {} } as unknown as Connection
    const first = await usedUp()
    backlog.enter(stuck)
    const hers = arrive(alice)
    let told = false
    void hers.answered.then(() => {
      told = true
    })
    await first.answered
    // far longer than her question would take; and she keeps nobody waiting
    for (const name of ['carol', 'dan']) await arrive(await someone(world, name)).answered
    expect(told).toBe(false)
    backlog.leave(stuck)
    await hers.answered
    expect(backlog.full).toBe(true)
  })

  test('and is, too, once there is room', async () => {
    const erin = await someone(world, 'erin')
    const first = await usedUp()
    backlog.enter({ whose: erin, held: () => [], cutOff() {} } as unknown as Connection)
    const hers = arrive(erin)
    await first.answered
    await world.db.ping()
    expect(asked).toBe(1)
    backlog.release(large)
    await hers.answered
    expect(asked).toBe(2)
  })
})

test('whoever goes while they wait is not read for', async () => {
  meanwhile = () => {}
  openNode()
  const people = ['frank', 'grace', 'heidi']
  const [one, two, three] = [
    await someone(world, people[0]!),
    await someone(world, people[1]!),
    await someone(world, people[2]!),
  ]
  const first = arrive(one)
  const second = arrive(two)
  const third = arrive(three)
  second.connection.over(0)
  await Promise.all([first.answered, third.answered])
  expect(asked).toBe(2)
})
