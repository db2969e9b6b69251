import { once } from 'node:events'
import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'
import { text as textOf } from 'node:stream/consumers'
import { CLOSE, type CloseReason, ERRORS, type ErrorCode, jsonOf, PROTOCOL } from '@parley/protocol'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { drawn, HEAP_SLACK, heapNow, MINUTES, SEED } from '../../../../tests/support/fuzzing.ts'
import { type Asked, INSIDES, mangled, pour, statusesIn } from '../../../../tests/support/hostile-http.ts'
import type { Someone } from '../../../../tests/support/people.ts'
import { openWorld, type TestNode, type World } from '../support/world.ts'
import { hostilePoll, type Progress, strangePoll } from './hostile-polls.ts'

/** Attacks between two messages of alice's. */
const TOGETHER = 20
/** For an answer that waits for nothing. A poll may be held for longer: mallory hangs up then. */
const PATIENCE_MS = 10_000
const HELD_MS = 300
/** Sessions that mallory leaves without a word are over by themselves after this. */
const SWEPT_MS = 25_000

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

type Answered = { status: number; text: string; headers: IncomingHttpHeaders }

/** `gone`: the node hung up; `held`: it had nothing to say for `ms`. */
async function ask(
  agent: Agent,
  { method, path, body, headers }: Asked,
  ms: number,
): Promise<Answered | 'gone' | 'held'> {
  const length = headers?.['transfer-encoding'] ? {} : { 'content-length': Buffer.byteLength(body ?? '') }
  const asking = request({
    ...{ host: '127.0.0.1', port: node.port, agent, method, path },
    headers: { ...length, ...headers },
  })
  const answered = once(asking, 'response')
  let isHeld = false
  const patience = setTimeout(() => {
    isHeld = true
    asking.destroy()
  }, ms)
  asking.on('error', () => {})
  asking.end(body)
  try {
    const [response] = (await answered) as [IncomingMessage]
    return { status: response.statusCode!, text: await textOf(response), headers: response.headers }
  } catch {
    return isHeld ? 'held' : 'gone'
  } finally {
    clearTimeout(patience)
  }
}

type Line = {
  t?: string
  reason?: CloseReason
  code?: ErrorCode
  n?: number
  session?: string
  message?: string
}

/** Holds one answer against what every answer is, and reads it. */
function judge(asked: Asked, { status, text, headers }: Answered): Line[] {
  const what = JSON.stringify({
    ...asked,
    body: asked.body?.toString().slice(0, 1_000),
    status,
    text: text.slice(0, 1_000),
  })
  expect(text, what).not.toMatch(INSIDES)
  expect(headers['cache-control'], what).toContain('no-store')
  if (asked.method === 'HEAD') return []
  const said = text.split('\n').filter((line) => line !== '')
  const read = said.map((line) => (jsonOf(line) as Line | null) ?? expect.fail(what))
  const first = read[0] as Line & { error?: { code: ErrorCode; message: string } }
  const last = read.at(-1)
  // beside polls only probes and sockets are served
  if (status === 426) return []
  if (status === 200) {
    for (const { t, code } of read)
      if (t === 'failed' || t === 'nack') expect(code, what).not.toBe('internal')
  } else if (last?.t === 'bye') expect(status, what).toBe(CLOSE[last.reason!].status)
  else {
    const { code, message } = first?.error ?? expect.fail(what)
    expect(status, what).toBe(ERRORS[code]?.status)
    expect(status, what).not.toBe(500)
    expect(message.length, what).toBeGreaterThan(10)
    expect(message.length, what).toBeLessThan(300)
    if (status === 503) expect(headers['retry-after'], what).toBeDefined()
  }
  return read
}

test(`mallory asks whatever there is by requests for ${MINUTES} minutes (seed ${SEED}): nobody else notices, every answer says why, and nothing stays behind`, {
  timeout: (MINUTES * 60 + 120) * 1_000,
}, async () => {
  const [a, b] = [await world.connect(alice, node), await world.connect(bob, node)]
  const common = await world.channel(alice, bob)
  const before = node.holds()

  const accepted = new Set<string>()
  const statuses = new Set<number>()
  const own: string[] = []
  let [attacks, heap] = [0, 0]
  const until = performance.now() + MINUTES * 60_000

  /** From an address of her own, so that what one of them did shuts no other out. */
  const agentOf = (nth: number, maxSockets: number) =>
    new Agent({
      ...{ keepAlive: true, maxSockets },
      localAddress: `127.${1 + ((nth >> 14) & 127)}.${(nth >> 7) & 127}.${1 + (nth & 127)}`,
    })

  async function bySession(nth: number): Promise<void> {
    const mallory = await world.person(`mallory-${nth}`)
    const channel = await world.channel(mallory)
    own.push(channel)
    const known = { conversations: [channel, common], messages: [] as string[] }
    const agent = agentOf(nth, 6)
    const hello = { t: 'hello', ticket: world.ticket(mallory), protocol: PROTOCOL, client: 'm' }
    const opening = { method: 'POST', path: '/poll', body: `{"t":"open"}\n${JSON.stringify(hello)}` }
    const opened = await ask(agent, opening, PATIENCE_MS)
    if (typeof opened === 'string') expect.fail(`a session was not opened: ${opened}`)
    const [{ session, n } = {}] = judge(opening, opened)
    const progress: Progress = { session: session!, ack: n!, n: 0 }
    /** What each batch said. */
    const batches = new Map<number, string>()

    async function one(asked: Asked): Promise<void> {
      const body = asked.body!.toString('latin1')
      const answered = await ask(agent, asked, body.startsWith('{"t":"down"') ? HELD_MS : PATIENCE_MS)
      expect(answered === 'held' && !body.startsWith('{"t":"down"'), body.slice(0, 500)).toBe(false)
      if (typeof answered === 'string') return
      statuses.add(answered.status)
      const read = judge(asked, answered)
      for (const line of read) {
        if (line.t !== 'ack') continue
        accepted.add(line.message!)
        known.messages.push(line.message!)
      }
      const { n, session: opened } = read[0] ?? {}
      if (n !== undefined && opened === undefined) {
        // minus zero is none
        const ack = 0 + Number(/"ack":(-?\d+)\}$/.exec(body)?.[1])
        expect(n, body).toBe(read.length > 1 ? ack + 1 : ack)
        const frames = answered.text.slice(answered.text.indexOf('\n'))
        // what is asked for again is what it was
        if (read.length > 1) expect(batches.get(n) ?? frames).toBe(frames)
        if (read.length > 1) batches.set(n, frames)
        progress.ack = Math.max(progress.ack, n)
      }
      const brought = /^\{"t":"up".*"n":(\d+)\}/.exec(body)?.[1]
      if (brought && answered.status === 200) progress.n = Math.max(progress.n, Number(brought))
    }

    const groups = drawn(fc.integer({ min: 2, max: 12 }), nth)
    for (let group = 0; group < groups; group++) {
      const at = nth * 1_000 + group * 20
      const many = drawn(fc.constantFrom(1, 1, 1, 2, 3, 12), at)
      const requests = Array.from({ length: many }, (_, i) => drawn(hostilePoll(progress, known), at + 1 + i))
      // the same again, at once
      if (many === 3) requests.push(requests[0]!, requests[0]!)
      await Promise.all(requests.map(one))
    }
    const isLeft = nth % 3 === 0 && performance.now() + SWEPT_MS < until
    if (!isLeft)
      await ask(
        agent,
        { method: 'POST', path: '/poll', body: `{"t":"end","session":"${session}"}` },
        PATIENCE_MS,
      )
    agent.destroy()
  }

  async function byStrangers(nth: number): Promise<void> {
    const known = { conversations: [common], messages: [] }
    if (nth % 4 === 1) {
      const strange = fc.oneof(strangePoll(known), hostilePoll({ session: 'mallory', ack: 0, n: 0 }, known))
      const said = await pour(
        node.port,
        drawn(mangled(strange), nth),
        300,
        drawn(fc.constantFrom(1, 1, 5), nth),
      )
      expect(said).not.toMatch(INSIDES)
      expect(statusesIn(said).filter((status) => status >= 500 && status !== 503)).toEqual([])
      return
    }
    const agent = agentOf(nth, 20)
    await Promise.all(
      Array.from({ length: drawn(fc.constantFrom(1, 5, 40), nth) }, async (_, i) => {
        const asked = drawn(strangePoll(known), nth * 100 + i)
        const answered = await ask(agent, asked, PATIENCE_MS)
        expect(answered, asked.body!.toString().slice(0, 500)).not.toBe('held')
        if (typeof answered === 'string') return
        statuses.add(answered.status)
        judge(asked, answered)
      }),
    )
    agent.destroy()
  }

  for (let n = 0; performance.now() < until; n += TOGETHER) {
    await Promise.all(
      Array.from({ length: TOGETHER }, (_, i) => (i % 2 === 0 ? bySession(n + i) : byStrangers(n + i))),
    )
    attacks += TOGETHER
    const { t } = await a.send(common, `all is well ${n}`)
    expect(t).toBe('ack')
    await b.heard(common, `all is well ${n}`)
    if (heap === 0 && attacks >= 5 * TOGETHER) heap = heapNow()
  }

  await vi.waitFor(() => expect(node.holds()).toEqual(before), { timeout: 2 * SWEPT_MS, interval: 50 })
  expect(b.texts(common)).toEqual(
    Array.from({ length: attacks / TOGETHER }, (_, i) => `all is well ${i * TOGETHER}`),
  )
  for (const status of [200, 400, 404]) expect(statuses).toContain(status)
  const written = await world.deps.db.sql<{ id: string }>`
    SELECT id FROM messages WHERE conversation_id = ANY (${own}::bigint[])`
  const there = new Set(written.map(({ id }) => id))
  expect(there.size).toBeGreaterThan(0)
  expect([...accepted].filter((id) => !there.has(id))).toEqual([])
  expect(world.logged.filter((line) => line.includes('"error"'))).toEqual([])
  if (heap > 0) expect(heapNow() - heap).toBeLessThan(HEAP_SLACK)
})
