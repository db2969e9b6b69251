import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Someone } from '../../../tests/support/people.ts'
import { chance } from '../../../tests/sync/rough-wire.ts'
import { roughProxy } from './support/rough-proxy.ts'
import { openWorld, type TestNode, type World } from './support/world.ts'

let world: World
let node: TestNode
let alice: Someone
let bob: Someone
beforeAll(async () => {
  world = await openWorld({ transport: 'poll' })
  node = await world.node()
  alice = await world.person('alice')
  bob = await world.person('bob')
})
afterAll(() => world.close())

const MESSAGES = 120

test.each([
  ['loses requests', { lost: 40, repeated: 0, unanswered: 0, late: 0 }],
  ['loses answers', { lost: 0, repeated: 0, unanswered: 40, late: 0 }],
  ['repeats requests', { lost: 0, repeated: 60, unanswered: 0, late: 0 }],
  ['does all of it, late', { lost: 15, repeated: 30, unanswered: 15, late: 30 }],
])(
  'over a proxy that %s what alice says is taken once and in order, and bob hears it so',
  async (_, weather) => {
    const proxy = await roughProxy(node, chance(7))
    try {
      const channel = await world.channel(alice, bob)
      const a = await world.connect(alice, proxy)
      const b = await world.connect(bob, proxy)
      proxy.turn(weather)
      const said = Array.from({ length: MESSAGES }, (_, i) => ({ id: randomUUID(), text: `number ${i}` }))
      for (const { id, text } of said) {
        a.say({ t: 'send', id, conversation: channel, text })
        await sleep(5)
      }
      const [last] = said.slice(-1)
      await Promise.all([
        a.until('ack', ({ id }) => id === last!.id, 30_000),
        ...[a, b].map((one) => one.until('events', () => one.texts(channel).includes(last!.text), 30_000)),
      ])
      const acks = a.frames.flatMap((frame) => (frame.t === 'ack' ? [frame.id] : []))
      expect(acks).toEqual(said.map(({ id }) => id))
      for (const one of [a, b]) expect(one.texts(channel)).toEqual(said.map(({ text }) => text))
      for (const [what, percent] of Object.entries(weather))
        if (percent > 0) expect(proxy.happened[what as keyof typeof weather]).toBeGreaterThan(0)
    } finally {
      proxy.close()
    }
  },
  60_000,
)
