import { inviteToConversation } from '@parley/domain/conversations/invite'
import { hideLastActive, setAvailability, setStatus } from '@parley/domain/presence/index'
import { changeSettings } from '@parley/domain/settings/change'
import { type Id, LIMITS, type PersonPresence } from '@parley/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Someone } from '../../../tests/support/people.ts'
import { TRANSPORTS } from './support/dial.ts'
import type { Raw } from './support/raw-client.ts'
import { startRealtime } from './support/real-process.ts'
import { openWorld, type TestNode, type World } from './support/world.ts'

describe.each(TRANSPORTS)('over a %s', (transport) => {
  let world: World
  let one: TestNode
  let two: TestNode
  let alice: Someone
  let names = 0
  beforeAll(async () => {
    world = await openWorld({ transport })
    one = await world.node()
    two = await world.node()
    alice = await world.person('alice')
  })
  afterAll(() => world.close())

  const bob = () => world.person(`bob-${++names}`)
  const look = (client: Raw, people: Id[], conversations: Id[] = []) =>
    client.say({ t: 'look', people, conversations })
  const all = (client: Raw, person: Id): PersonPresence[] =>
    client.frames.flatMap((frame) =>
      frame.t === 'presence' ? (frame.people ?? []).filter((entry) => entry.person === person) : [],
    )
  const latest = (client: Raw, person: Id) => all(client, person).at(-1)

  /** Somebody is seen like this, as the last that is told of them. */
  async function seen(client: Raw, person: Id, like: Partial<PersonPresence>, ms = 5_000) {
    const fits = () => {
      const found = latest(client, person)
      return found && Object.entries(like).every(([key, value]) => found[key as 'state'] === value)
    }
    await client.until('presence', () => Boolean(fits()), ms)
    return latest(client, person)!
  }

  async function gone(client: Raw): Promise<void> {
    client.far.close()
    // who polls is not told that it is over
    if (client.far.ws) await client.closed
  }

  test('alice sees bob come and go on another node, and when he was last active (rules 3 and 5)', async () => {
    const other = await bob()
    const mine = await world.connect(alice, one)
    look(mine, [other.id])
    expect(await seen(mine, other.id, {})).toEqual({ person: other.id, state: 'offline' })
    const his = await world.connect(other, two)
    await seen(mine, other.id, { state: 'online' })
    const before = Date.now()
    await gone(his)
    const { lastActive } = await seen(mine, other.id, { state: 'offline' })
    expect(lastActive! % 60_000).toBe(0)
    expect(lastActive).toBeGreaterThan(before - 65_000)
    // whoever looks only now knows it, too
    const late = await world.connect(alice, two)
    look(late, [other.id])
    expect(await seen(late, other.id, { state: 'offline' })).toMatchObject({ lastActive })
  })

  test('bob hides when he was last active: alice, who looks, sees it no more, whoever looks later neither, until he shows it (rule 11)', async () => {
    const other = await bob()
    const his = await world.connect(other, two)
    const mine = await world.connect(alice, one)
    look(mine, [other.id])
    await seen(mine, other.id, { state: 'online' })
    his.say({ t: 'activity', idle: true })
    const shown = await seen(mine, other.id, { state: 'away' })
    expect(shown.lastActive).toBeDefined()
    await world.as(other, hideLastActive, { hide: true })
    await mine.until('presence', () => !('lastActive' in latest(mine, other.id)!))
    const late = await world.connect(alice, two)
    look(late, [other.id])
    expect(await seen(late, other.id, {})).toEqual({ person: other.id, state: 'away' })
    await world.as(other, hideLastActive, { hide: false })
    await mine.until('presence', () => latest(mine, other.id)!.lastActive === shown.lastActive)
  })

  test('where the organisation hides when anybody was last active nobody is told (rule 11)', {
    timeout: 60_000,
  }, async () => {
    const other = await bob()
    const mine = await world.connect(alice, one)
    look(mine, [other.id])
    const his = await world.connect(other, two)
    await seen(mine, other.id, { state: 'online' })
    await gone(his)
    expect((await seen(mine, other.id, { state: 'offline' })).lastActive).toBeDefined()
    const dan = await world.person('dan', 'administrator')
    const set = (value: string, was: string) =>
      world.as(dan, changeSettings, { changes: [{ key: 'presence.lastActive', value, was }] })
    await set('hidden', 'shown')
    await mine.until('presence', () => !('lastActive' in latest(mine, other.id)!), 30_000)
    await set('shown', 'hidden')
    await mine.until('presence', () => 'lastActive' in latest(mine, other.id)!, 30_000)
  })

  test('of several devices on two nodes the one in use counts (rule 3)', async () => {
    const other = await bob()
    const mine = await world.connect(alice, one)
    look(mine, [other.id])
    const phone = await world.connect(other, one)
    const desk = await world.connect(await world.anotherDevice(other), two)
    await seen(mine, other.id, { state: 'online' })
    phone.say({ t: 'activity', idle: true })
    desk.say({ t: 'activity', idle: true })
    await seen(mine, other.id, { state: 'away' })
    phone.say({ t: 'activity', idle: false })
    await seen(mine, other.id, { state: 'online' })
    await gone(phone)
    await seen(mine, other.id, { state: 'away' })
    await gone(desk)
    await seen(mine, other.id, { state: 'offline' })
  })

  test('a status, being busy and hiding when one was last active are seen at once (rule 6)', async () => {
    const other = await bob()
    const mine = await world.connect(alice, one)
    look(mine, [other.id])
    const his = await world.connect(other, two)
    await seen(mine, other.id, { state: 'online' })
    const atSea = { emoji: '⛵', text: 'at sea' }
    await world.as(other, setStatus, { status: { ...atSea, until: null } })
    await world.as(other, setAvailability, { availability: 'busy' })
    const busy = await seen(mine, other.id, { state: 'busy' })
    expect(busy.status).toMatchObject(atSea)
    await world.as(other, setStatus, { status: { ...atSea, until: Date.now() + 3_000 } })
    // it expires by itself
    await mine.until('presence', () => latest(mine, other.id)?.status === undefined)
    await world.as(other, hideLastActive, { hide: true })
    await gone(his)
    expect(await seen(mine, other.id, { state: 'offline' })).toEqual({ person: other.id, state: 'offline' })
  })

  test('of invisible bob nobody is told anything: not that he comes, nor goes, nor in counts (rule 8)', async () => {
    const other = await bob()
    const channel = await world.channel(alice, other)
    const his = await world.connect(other, two)
    const mine = await world.connect(alice, one)
    look(mine, [other.id], [channel])
    await seen(mine, other.id, { state: 'online' })
    await mine.until(
      'presence',
      ({ online }) => online?.some(([id, n]) => id === channel && n === 2) ?? false,
    )
    await world.as(other, setAvailability, { availability: 'invisible' })
    const { lastActive } = await seen(mine, other.id, { state: 'offline' })
    await mine.until(
      'presence',
      ({ online }) => online?.some(([id, n]) => id === channel && n === 1) ?? false,
      12_000,
    )
    const told = all(mine, other.id).length
    his.say({ t: 'activity', idle: true })
    his.say({ t: 'activity', idle: false })
    const again = await world.connect(await world.anotherDevice(other), one)
    await gone(his)
    await gone(again)
    // what somebody else does is told after all of that would have been
    const witness = await bob()
    look(mine, [other.id, witness.id], [channel])
    const there = await world.connect(witness, two)
    await seen(mine, witness.id, { state: 'online' })
    await gone(there)
    await seen(mine, witness.id, { state: 'offline' })
    expect(all(mine, other.id)).toHaveLength(told)
    const late = await world.connect(alice, two)
    look(late, [other.id])
    expect(await seen(late, other.id, {})).toEqual({ person: other.id, state: 'offline', lastActive })
  })

  test('bob comes back, and is told what he chose (rule 1)', async () => {
    const other = await bob()
    const chosen = await world.as(other, setAvailability, { availability: 'invisible' })
    const his = await world.connect(await world.anotherDevice(other), two)
    expect(await his.sync()).toMatchObject([{ chosen }])
  })

  test('bob, who was invisible, comes back in a new session and at once is so no more, with a status: alice at another node sees him (rule 8)', async () => {
    const other = await bob()
    const his = await world.connect(other, two)
    const mine = await world.connect(alice, one)
    look(mine, [other.id])
    await seen(mine, other.id, { state: 'online' })
    await world.as(other, setAvailability, { availability: 'invisible' })
    await seen(mine, other.id, { state: 'offline' })
    await gone(his)
    await mine.settled(1_500)
    await world.connect(await world.anotherDevice(other), two)
    await world.as(other, setAvailability, { availability: 'automatic' })
    await world.as(other, setStatus, { status: { emoji: '⛵', text: 'at sea', until: null } })
    await seen(mine, other.id, { state: 'online' })
    await mine.until('presence', () => latest(mine, other.id)!.status?.text === 'at sea')
  })

  test('mallory counts nobody where she is not a member; bots and strangers are seen by nobody (rule 7)', async () => {
    const mallory = await world.person('mallory')
    const other = await bob()
    const secret = await world.channel(alice, other)
    const shut = await world.person('shut')
    await world.deps.db.sql`UPDATE people SET status = 'deactivated' WHERE id = ${shut.id}`
    const hers = await world.connect(mallory, one)
    look(hers, [other.id, shut.id, '404'], [secret, '404'])
    await seen(hers, other.id, { state: 'offline' })
    const mine = await world.connect(alice, one)
    look(mine, [], [secret])
    await mine.until('presence', ({ online }) => online !== undefined)
    await hers.settled(1_000)
    const frames = hers.frames.filter((frame) => frame.t === 'presence')
    expect(frames.flatMap(({ people = [] }) => people).map(({ person }) => person)).toEqual([other.id])
    expect(frames.flatMap(({ online = [] }) => online)).toEqual([])
  })

  test('bob is deactivated while alice looks: she is told that nothing is known of him any more (rule 7)', {
    timeout: 60_000,
  }, async () => {
    const other = await bob()
    const mine = await world.connect(alice, one)
    look(mine, [other.id])
    await world.connect(other, two)
    await seen(mine, other.id, { state: 'online' })
    await world.deps.db.sql`UPDATE people SET status = 'deactivated' WHERE id = ${other.id}`
    await mine.until('presence', ({ unknown }) => unknown?.includes(other.id) ?? false, 30_000)
    const told = all(mine, other.id).length
    const witness = await bob()
    look(mine, [other.id, witness.id])
    await seen(mine, witness.id, { state: 'offline' })
    expect(all(mine, other.id)).toHaveLength(told)
  })

  test('carol joins a channel whose count alice looks at, and is counted at once', async () => {
    const carol = await world.person('carol')
    const channel = await world.channel(alice)
    await world.connect(carol, two)
    const mine = await world.connect(alice, one)
    look(mine, [], [channel])
    const counted = (people: number) =>
      mine.until(
        'presence',
        ({ online }) => online?.some(([id, n]) => id === channel && n === people) ?? false,
        15_000,
      )
    await counted(1)
    await world.as(alice, inviteToConversation, { conversation: channel, people: [carol.id] })
    await counted(2)
  })

  test('who looks elsewhere is told no more; looking again tells anew (rule 9)', async () => {
    const other = await bob()
    const mine = await world.connect(alice, one)
    look(mine, [other.id])
    await seen(mine, other.id, { state: 'offline' })
    look(mine, [])
    const watching = await world.connect(alice, one)
    look(watching, [other.id])
    await world.connect(other, two)
    await seen(watching, other.id, { state: 'online' })
    expect(all(mine, other.id)).toHaveLength(1)
    look(mine, [other.id])
    await seen(mine, other.id, { state: 'online' })
  })

  test.each([
    [
      'too many people',
      { people: Array.from({ length: LIMITS.lookPeople + 1 }, (_, i) => `${i + 1}`), conversations: [] },
    ],
    [
      'too many conversations',
      {
        people: [],
        conversations: Array.from({ length: LIMITS.lookConversations + 1 }, (_, i) => `${i + 1}`),
      },
    ],
    ['what is no id', { people: ["1' OR '1'='1"], conversations: [] }],
    ['no list', { people: '1', conversations: [] }],
    ['half of it', { people: [] }],
  ])('looking at %s closes the connection with bad_frame', async (_, frame) => {
    const mallory = await world.person(`mallory-${++names}`)
    const hers = await world.connect(mallory, one)
    hers.say({ t: 'look', ...frame })
    expect(await hers.closed).toBe(4400)
  })

  test('a flood of looks ends the one who floods, and nobody else waits (rule 9)', async () => {
    const mallory = await world.person(`mallory-${++names}`)
    const hers = await world.connect(mallory, one)
    const crowd = Array.from({ length: LIMITS.lookPeople }, (_, i) => `${7_000_000 + i}`)
    for (let i = 0; i < 1_200; i++) look(hers, i % 2 ? crowd : [])
    expect(await hers.closed).toBe(4429)
    const other = await bob()
    const mine = await world.connect(alice, one)
    look(mine, [other.id])
    await seen(mine, other.id, { state: 'offline' })
  })

  test('a node that is killed is noticed: whom only it saw is offline for those at the others (rule 4)', {
    timeout: 60_000,
  }, async () => {
    const three = await startRealtime(world.env, 'node-killed')
    try {
      const other = await bob()
      const mine = await world.connect(alice, one)
      look(mine, [other.id])
      await world.connect(other, three)
      await seen(mine, other.id, { state: 'online' })
      await three.kill()
      const { lastActive } = await seen(mine, other.id, { state: 'offline' }, 20_000)
      expect(lastActive).toBeGreaterThan(Date.now() - 90_000)
    } finally {
      await three.child.stop()
    }
  })

  test('a Redis that forgets everything is told everything again, and nobody is seen to go (rule 10)', {
    timeout: 60_000,
  }, async () => {
    const other = await bob()
    const mine = await world.connect(alice, one)
    look(mine, [other.id])
    await seen(mine, other.id, { state: 'offline' })
    await world.connect(other, two)
    await seen(mine, other.id, { state: 'online' })
    const { redis } = world.office
    const keys = async () => await redis.keys(`${world.redisPrefix}presence:*`)
    const before = await keys()
    expect(before.length).toBeGreaterThan(1)
    for (const key of before) await redis.del(key.slice(world.redisPrefix.length))
    const late = await world.connect(alice, two)
    await expect.poll(async () => (await keys()).length, { timeout: 10_000 }).toBeGreaterThan(1)
    look(late, [other.id])
    await seen(late, other.id, { state: 'online' })
    expect(all(mine, other.id).filter(({ state }) => state === 'offline')).toHaveLength(1)
  })
})
