import { setTimeout as sleep } from 'node:timers/promises'
import { CLOSE, closeReasonOf } from '@parley/protocol'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { drawn, HEAP_SLACK, heapNow, MINUTES, SEED } from '../../../../tests/support/fuzzing.ts'
import { pour } from '../../../../tests/support/hostile-http.ts'
import type { Someone } from '../../../../tests/support/people.ts'
import type { Raw } from '../support/raw-client.ts'
import { openWorld, type TestNode, type World } from '../support/world.ts'
import { hostileBytes } from './hostile-bytes.ts'
import { allowedFrame, hostileFrame } from './hostile-frames.ts'

/** Attacks between two messages of alice's. */
const TOGETHER = 20
/** Codes of RFC 6455 §7.4.1 that `ws` closes with by itself; 1000, 1005 and 1006: mallory left, or was cut off. */
const STANDARD = [1000, 1002, 1003, 1005, 1006, 1007, 1008, 1009]

let world: World
let node: TestNode
let alice: Someone
let bob: Someone
beforeAll(async () => {
  world = await openWorld()
  node = await world.node()
  alice = await world.person('alice')
  bob = await world.person('bob')
})
afterAll(() => world.close())

test(`mallory sends whatever there is for ${MINUTES} minutes (seed ${SEED}): nobody else notices, every offence has its code, and nothing stays behind`, {
  timeout: (MINUTES * 60 + 90) * 1_000,
}, async () => {
  const [a, b] = [await world.connect(alice, node), await world.connect(bob, node)]
  const common = await world.channel(alice, bob)
  const before = node.holds()

  const accepted = new Set<string>()
  const codes = new Set<number>()
  const own: string[] = []
  let [attacks, heap] = [0, 0]

  async function byFrames(nth: number): Promise<void> {
    const mallory = await world.person(`mallory-${nth}`)
    const channel = await world.channel(mallory)
    own.push(channel)
    const known = { conversations: [channel, common], messages: [] as string[] }
    const raw = nth % 10 === 0 ? await world.knock(node) : await world.connect(mallory, node)
    const frames = drawn(fc.integer({ min: 0, max: 25 }), nth)
    for (let i = 0; i <= frames && raw.far.ws!.readyState === raw.far.ws!.OPEN; i++) {
      // the last is what she came for; what she said before gave her something to be hostile with
      const kind = i === frames && nth % 3 !== 1 ? hostileFrame(known) : allowedFrame(known)
      raw.far.ws!.send(drawn(kind, nth * 100 + i))
      if (nth % 3 === 0) await sleep(2)
      known.messages = raw.frames.flatMap((one) => (one.t === 'ack' ? [one.message] : []))
    }
    if (nth % 4 === 0) raw.far.ws!.terminate()
    else await leave(raw)
    codes.add(await raw.closed)
    for (const one of raw.frames) {
      if (one.t === 'ack') accepted.add(one.message)
      if (one.t === 'failed' || one.t === 'nack')
        expect(one, JSON.stringify(one)).not.toMatchObject({ code: 'internal' })
    }
  }

  const until = performance.now() + MINUTES * 60_000
  for (let n = 0; performance.now() < until; n += TOGETHER) {
    await Promise.all(
      Array.from({ length: TOGETHER }, (_, i) =>
        i % 2 === 0 ? byFrames(n + i) : pour(node.port, drawn(hostileBytes, n + i), 200),
      ),
    )
    attacks += TOGETHER
    b.say({ t: 'ping' })
    const { t } = await a.send(common, `all is well ${n}`)
    expect(t).toBe('ack')
    await b.heard(common, `all is well ${n}`)
    if (heap === 0 && attacks >= 5 * TOGETHER) heap = heapNow()
  }

  await vi.waitFor(() => expect(node.holds()).toEqual(before), { timeout: 20_000, interval: 50 })
  const said = Array.from({ length: attacks / TOGETHER }, (_, i) => `all is well ${i * TOGETHER}`)
  expect(b.texts(common)).toEqual(said)
  expect([...codes].filter((code) => !STANDARD.includes(code) && !closeReasonOf(code))).toEqual([])
  expect(codes).toContain(CLOSE.bad_frame.code)
  const written = await world.deps.db.sql<{ id: string }>`
    SELECT id FROM messages WHERE conversation_id = ANY (${own}::bigint[])`
  // an acknowledgement may not have reached who was cut off, but nothing is acknowledged that is not there
  const there = new Set(written.map(({ id }) => id))
  expect([...accepted].filter((id) => !there.has(id))).toEqual([])
  expect(world.logged.filter((line) => line.includes('"error"'))).toEqual([])
  if (heap > 0) expect(heapNow() - heap).toBeLessThan(HEAP_SLACK)
})

/** Hangs up when what was sent has been looked at: a ping behind it is answered, or the node has closed. */
async function leave(raw: Raw): Promise<void> {
  const answered = new Promise<void>((resolve) => raw.far.ws!.once('pong', () => resolve()))
  if (raw.far.ws!.readyState === raw.far.ws!.OPEN) raw.far.ws!.ping()
  await Promise.race([answered, raw.closed])
  raw.far.ws!.close()
}
