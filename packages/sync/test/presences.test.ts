import type { ClientFrame, ServerFrame } from '@parley/protocol'
import { beforeEach, describe, expect, test } from 'vitest'
import { BOUNDS } from '../src/bounds.ts'
import { presences } from '../src/presence/presences.ts'
import { notifier, type Topic, topics } from '../src/views/topics.ts'
import { type ManualClock, manualClock } from './manual-clock.ts'
import { alice, opened, room } from './opened.ts'

const bob = '12'
const carol = '13'

let clock: ManualClock
let sent: ClientFrame[]
let known: ReturnType<typeof presences>
beforeEach(() => {
  clock = manualClock()
  sent = []
  known = presences({
    clock,
    notifier: notifier(),
    isOpen: () => true,
    send: (frame) => void sent.push(frame),
  })
})

/** What somebody who looks is shown, from now on. */
function shown<Value>(topic: Topic, read: () => Value): Value[] {
  const values: Value[] = []
  known.subscribe(topic, () => void values.push(read()))
  return values
}
async function hear(frame: Omit<Extract<ServerFrame, { t: 'presence' }>, 't'>): Promise<void> {
  known.heard({ t: 'presence', ...frame })
  await Promise.resolve()
}
async function pass(ms: number): Promise<void> {
  clock.advance(ms)
  await Promise.resolve()
}
const online = (...people: string[]) =>
  hear({ people: people.map((person) => ({ person, state: 'online' as const })) })

test('of whom nothing is to be known any more nothing is shown, until he is told of again', async () => {
  const states = shown(topics.presence(bob), () => known.of(bob)?.state)
  await pass(1_000)
  expect(sent).toEqual([{ t: 'look', people: [bob], conversations: [] }])
  await online(bob)
  await hear({ unknown: [bob] })
  await hear({ people: [{ person: bob, state: 'away' }] })
  expect(states).toEqual(['online', undefined, 'away'])
})

describe('alice loses her connection', () => {
  test('for long: she is shown nobody as they last were, and no number, until she is told again', async () => {
    const states = shown(topics.presence(bob), () => known.of(bob)?.state)
    const numbers = shown(topics.online(room), () => known.online(room))
    await online(bob)
    await hear({ online: [[room, 2]] })
    known.gone()
    await pass(BOUNDS.presenceKept - 1)
    expect([states, numbers]).toEqual([['online'], [2]])
    await pass(1)
    expect([states, numbers]).toEqual([
      ['online', undefined],
      [2, undefined],
    ])
    known.opened()
    await online(bob)
    await hear({ online: [[room, 3]] })
    await pass(BOUNDS.presenceKept * 2)
    expect([states, numbers]).toEqual([
      ['online', undefined, 'online'],
      [2, undefined, 3],
    ])
  })

  test('for a moment: nothing changes on her screen', async () => {
    const states = shown(topics.presence(bob), () => known.of(bob)?.state)
    await online(bob)
    known.gone()
    await pass(5_000)
    known.opened()
    await pass(5_000)
    expect(states).toEqual(['online'])
    await online(bob)
    await pass(BOUNDS.presenceKept)
    expect(states).toEqual(['online', 'online'])
  })

  test('again and again: what each connection told counts from its own end', async () => {
    const [hers, his] = [carol, bob].map((one) => shown(topics.presence(one), () => known.of(one)?.state))
    await online(bob, carol)
    known.gone()
    await pass(5_000)
    known.opened()
    await online(bob)
    await pass(5_000)
    known.gone()
    await pass(2_000)
    // nobody has told of carol any more: she may not be seen by now
    expect([hers!.at(-1), his!.at(-1)]).toEqual([undefined, 'online'])
    await pass(BOUNDS.presenceKept - 2_001)
    expect(his!.at(-1)).toBe('online')
    await pass(1)
    expect(his!.at(-1)).toBeUndefined()
  })

  test('for good: nothing is planned any more', async () => {
    shown(topics.presence(bob), () => known.of(bob)?.state)
    await online(bob)
    known.gone()
    known.close()
    expect(clock.planned()).toBe(0)
  })

  test('her own symbol goes, too, and comes with the next connection', async () => {
    const at = await opened()
    at.client.subscribe(topics.presence(alice), () => {})
    const own = () => at.client.presenceOf(alice)?.state
    at.tell({ t: 'presence', people: [{ person: alice, state: 'online' }] })
    at.server.last.close('network')
    at.clock.advance(BOUNDS.presenceKept - 1)
    expect(own()).toBe('online')
    at.clock.advance(1)
    expect(own()).toBeUndefined()
    await at.reconnect()
    at.tell({ t: 'presence', people: [{ person: alice, state: 'online' }] })
    expect(own()).toBe('online')
  })
})
