import { revokeSessions } from '@parley/domain/sessions/revoke'
import { closeReasonOf, PROTOCOL } from '@parley/protocol'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Someone } from '../../../tests/support/people.ts'
import { BOUNDS } from '../src/gateway/bounds.ts'
import { Connection } from '../src/gateway/connection.ts'
import { TRANSPORTS } from './support/dial.ts'
import { post } from './support/post.ts'
import { openWorld, type TestNode, type World } from './support/world.ts'

const health = async (node: TestNode) => (await fetch(`http://127.0.0.1:${node.port}/health`)).json()

describe.each(TRANSPORTS)('over a %s', (transport) => {
  let world: World
  let node: TestNode
  let alice: Someone
  let bob: Someone
  beforeEach(async () => {
    world = await openWorld({ transport })
    node = await world.node()
    alice = await world.person('alice')
    bob = await world.person('bob')
  })
  afterEach(() => world.close())

  /** So many are inside and so many at the door, by what the node tells and by whom it holds. */
  async function expectInside(inside: number, atDoor = 0): Promise<void> {
    await vi.waitFor(() => expect(node.holds()).toMatchObject({ connections: inside + atDoor, atDoor }), {
      timeout: BOUNDS.pollBreakMs + BOUNDS.closingMs + 10_000,
    })
    expect(node.connections()).toBe(inside)
    expect(await health(node)).toMatchObject({ connections: inside, atDoor })
  }
  const come = async (who: Someone, count: number) => {
    const came = []
    while (came.length < count) came.push(await world.connect(who, node))
    return came
  }
  const hello = (ticket: string) => ({ t: 'hello', ticket, protocol: PROTOCOL, client: 'test' })

  test('whoever comes is counted when they are let in, and whoever goes no more, however they go', async () => {
    const dan = await world.person('dan', 'administrator')
    const stranger = await world.knock(node)
    const [first, second, third, ...rest] = await come(alice, 5)
    await come(bob, 2)
    await expectInside(7, transport === 'socket' ? 1 : 0)
    stranger.far.close()

    first!.far.close()
    second!.far.terminate()
    third!.far.send('nonsense')
    expect(closeReasonOf(await third!.closed)).toBe('bad_frame')
    await expectInside(4)

    const forged = await world.knock(node)
    forged.say(hello('made up'))
    expect(closeReasonOf(await forged.closed)).toBe('bad_ticket')
    const ticket = world.ticket(bob)
    await world.as(dan, revokeSessions, { person: bob.id })
    await expectInside(2)
    const late = await world.knock(node)
    late.say(hello(ticket))
    expect(closeReasonOf(await late.closed)).toBe('revoked')
    await expectInside(2)

    for (const { far } of rest) far.terminate()
    await expectInside(0)
  })

  test('of somebody who comes too often, the oldest goes for the newest', async () => {
    const [oldest] = await come(alice, BOUNDS.connectionsPerPerson + 1)
    expect(closeReasonOf(await oldest!.closed)).toBe('too_many')
    await expectInside(BOUNDS.connectionsPerPerson)
  })

  test('whoever goes, or whose session ends, while they are on their way in is not counted', async () => {
    const enter = async (who: Someone) => {
      const client = await world.knock(node)
      client.say(hello(world.ticket(who)))
      await vi.waitFor(() => expect(node.holds()).toMatchObject({ connections: 1, atDoor: 0 }), 10_000)
      return client
    }
    const client = await world.deps.db.transaction(async (tx) => {
      await tx.sql`LOCK TABLE sessions IN ACCESS EXCLUSIVE MODE`
      const gone = await enter(alice)
      gone.far.terminate()
      await expectInside(0)
      const late = await enter(bob)
      expect(node.connections()).toBe(0)
      await tx.sql`UPDATE sessions SET revoked_at = now(), revoked_because = 'revoked' WHERE id = ${bob.session}`
      return late
    })
    expect(closeReasonOf(await client.closed)).toBe('revoked')
    await expectInside(0)
  })

  test('when the node ends, nobody is inside', async () => {
    await come(alice, 3)
    await node.close()
    expect([node.connections(), node.holds().connections]).toEqual([0, 0])
  })
})

describe('over requests', () => {
  test('a session that nobody polls any more is not counted once it is over', async () => {
    const world = await openWorld()
    const node = await world.node()
    const alice = await world.person('alice')
    const hello = { t: 'hello', ticket: world.ticket(alice), protocol: PROTOCOL, client: 'test' }
    const body = [{ t: 'open' }, hello].map((part) => JSON.stringify(part)).join('\n')
    expect((await post(`http://127.0.0.1:${node.port}/poll`, body).answer).status).toBe(200)
    expect(node.connections()).toBe(1)
    await vi.waitFor(() => expect(node.connections()).toBe(0), BOUNDS.pollBreakMs + 5_000)
    // nobody is there to hear why: others are told at once
    expect(node.holds()).toMatchObject({ connections: 0, people: 0 })
    await world.close()
  })
})

test('whoever asks how a node is makes it look at nobody who is connected', async () => {
  const world = await openWorld()
  const node = await world.node()
  const alice = await world.person('alice')
  for (let i = 0; i < 3; i++) await world.connect(alice, node)
  const { [Symbol.iterator]: walk } = Set.prototype
  let walks = 0
  Set.prototype[Symbol.iterator] = function () {
    if (walk.call(this).next().value instanceof Connection) walks++
    return walk.call(this)
  }
  try {
    for (let i = 0; i < 100; i++) expect(await health(node)).toMatchObject({ connections: 3 })
  } finally {
    Set.prototype[Symbol.iterator] = walk
  }
  // what the node does each second of its own accord does not count
  expect(walks).toBeLessThan(20)
  await world.close()
})
