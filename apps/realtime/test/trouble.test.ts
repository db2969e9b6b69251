import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fanoutPublisher } from '@parley/adapters/fanout/publisher'
import { closeRedis, openRedis } from '@parley/adapters/redis'
import { freePort, startRedis } from '@parley/devstack'
import { perform } from '@parley/domain'
import { joinChannel } from '@parley/domain/conversations/join'
import { removeFromChannel } from '@parley/domain/conversations/remove'
import { messageWriter } from '@parley/domain/messages/writer'
import { relayAll } from '@parley/domain/outbox/relay-outbox'
import { revokeSessions } from '@parley/domain/sessions/revoke'
import { closeReasonOf, PROTOCOL } from '@parley/protocol'
import type { Redis } from 'ioredis'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { testDatabase } from '../../../tests/support/index.ts'
import { openLine } from '../../../tests/support/line.ts'
import { TRANSPORTS } from './support/dial.ts'
import { openWorld, type World } from './support/world.ts'

describe.each(TRANSPORTS)('over a %s', (transport) => {
  const log = { info() {}, warn() {}, error() {} }
  const closing: (() => unknown)[] = []
  async function opened(options: Parameters<typeof openWorld>[0] = {}): Promise<World> {
    const world = await openWorld({ ...options, transport })
    closing.push(() => world.close())
    return world
  }
  // processes that fail and come back take their time on a busy machine
  vi.setConfig({ testTimeout: 90_000 })
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
  })

  /** A process whose envelopes can be lost on the way. */
  async function leakyOffice(world: World) {
    const redis = await openRedis(world.configOf('leaky').redisUrl, { name: 'leaky', log })
    const lost = { next: false }
    const publish = (channel: string, envelope: Buffer) =>
      lost.next ? Promise.resolve(0) : redis.publish(channel, envelope)
    const publisher = fanoutPublisher({
      redis: { status: 'ready', publish } as unknown as Redis,
      ...{ prefix: world.redisPrefix, origin: 'leaky', log },
    })
    closing.push(() => closeRedis(redis))
    closing.push(() => publisher.stop())
    const deps = { ...world.deps, publisher }
    return { lost, deps: { ...deps, messages: messageWriter(deps) } }
  }

  describe('an envelope that was lost between nodes (rule 12)', () => {
    test('is noticed, and exactly those who miss something are told to fetch it', async () => {
      const world = await opened()
      const node = await world.node()
      const alice = await world.person('alice')
      const bob = await world.person('bob')
      const [channel, quiet] = [await world.channel(alice, bob), await world.channel(alice)]
      const { lost, deps } = await leakyOffice(world)
      const b = await world.connect(bob, node)
      const a = await world.connect(alice, node)
      const say = (conversation: string, text: string) =>
        deps.messages.send({
          conversation,
          sender: alice.id,
          client: randomUUID(),
          root: null,
          text,
          files: [],
        })
      await say(channel, 'arrives')
      await b.heard(channel, 'arrives')
      lost.next = true
      await say(channel, 'is lost')
      await deps.messages.drain()
      lost.next = false
      const hint = await b.until('changed-conversation')
      expect(hint.conversation).toBe(channel)
      await a.settled()
      expect(a.frames.filter((f) => f.t === 'changed-conversation').map((f) => f.conversation)).toEqual([
        channel,
      ])
      expect(JSON.stringify(a.frames)).not.toContain(quiet)
      const parts = await b.sync({ conversations: [[channel, hint.version - 1, 1]], only: true })
      expect(parts.flatMap((p) => p.changes.flatMap((c) => c.messages.map((m) => m.text)))).toEqual([
        'is lost',
      ])
    })

    test('that removed bob lets nobody’s words through to him (rule 11)', async () => {
      const world = await opened()
      const node = await world.node()
      const alice = await world.person('alice')
      const bob = await world.person('bob')
      const channel = await world.channel(alice, bob)
      const { lost, deps } = await leakyOffice(world)
      const a = await world.connect(alice, node)
      const b = await world.connect(bob, node)
      await a.send(channel, 'bob may hear this')
      await b.heard(channel, 'bob may hear this')
      lost.next = true
      await perform(removeFromChannel, alice, { conversation: channel, person: bob.id }, deps)
      expect((await a.send(channel, 'bob may not')).t).toBe('ack')
      await a.until('changed-conversation', (f) => f.conversation === channel)
      await b.settled(500)
      expect(b.texts(channel)).toEqual(['bob may hear this'])
      lost.next = false
      await b.until('changed-person', () => true, 8_000)
    })

    test('what the relay tells again reaches those who missed it, and bothers nobody else', async () => {
      const world = await opened()
      const node = await world.node()
      const alice = await world.person('alice')
      const bob = await world.person('bob')
      const channel = await world.channel(alice)
      const b = await world.connect(bob, node)
      const dead = {
        publish: () => Promise.reject(new Error('died between commit and publish')),
        republish: () => Promise.reject(new Error('dead')),
      }
      await perform(joinChannel, bob, { conversation: channel }, { ...world.deps, log, publisher: dead })
      await b.settled()
      expect(b.frames.filter((f) => f.t === 'personal')).toEqual([])
      const later = { ...world.deps, now: () => new Date(Date.now() + 60_000) }
      await relayAll(later)
      await b.until('changed-person')
      const a = await world.connect(alice, node)
      await a.send(channel, 'now he hears')
      await b.heard(channel, 'now he hears')
      const before = b.frames.length
      await world.office.fanout.republish({ changes: [[channel, 1, 1]], people: [[bob.id, 1]] })
      await b.settled()
      expect(b.frames.slice(before).map((f) => f.t)).toEqual(['pong'])
    })
  })

  describe('Redis away (rules 1, 7 and 12)', () => {
    test('alice is still acknowledged, who is on her node hears her at once, who is on another hears of it, and all is well when Redis is back', async () => {
      const dir = mkdtempSync(path.join(tmpdir(), 'parley-away-'))
      closing.push(() => rmSync(dir, { recursive: true, force: true }))
      const port = await freePort()
      let redis = await startRedis({ dir, port, persist: true })
      closing.push(() => redis.stop())
      const world = await opened({ redisUrl: redis.url })
      const [one, other] = [await world.node(), await world.node()]
      const alice = await world.person('alice')
      const bob = await world.person('bob')
      const dan = await world.person('dan', 'administrator')
      const carol = await world.person('carol')
      const channel = await world.channel(alice, bob)
      const a = await world.connect(alice, one)
      const near = await world.connect(bob, one)
      const far = await world.connect(bob, other)
      const c = await world.connect(carol, other)
      await a.send(channel, 'before')
      await far.heard(channel, 'before')

      await redis.stop()
      await sleep(200)
      const began = performance.now()
      const ack = await a.send(channel, 'meanwhile')
      expect(ack.t).toBe('ack')
      await near.heard(channel, 'meanwhile')
      expect(performance.now() - began).toBeLessThan(1_000)
      await far.until('changed-conversation', (f) => f.conversation === channel)
      world.as(dan, revokeSessions, { person: carol.id }).catch(() => {})
      expect(closeReasonOf(await c.closed)).toBe('revoked')

      redis = await startRedis({ dir, port, persist: true })
      await sleep(3_000)
      await a.send(channel, 'after')
      await far.heard(channel, 'after')
    })
  })

  describe('PostgreSQL away (rules 1 and 14)', () => {
    test('nothing is accepted, whoever asks is told that it passes, who only reads too, and when it is back alice resends and bob has it once', async () => {
      const database = await testDatabase()
      closing.push(() => database.drop())
      const line = await openLine(database.url)
      closing.push(() => line.close())
      const world = await opened({ databaseUrl: line.url })
      const node = await world.node()
      const alice = await world.person('alice')
      const bob = await world.person('bob')
      const channel = await world.channel(alice, bob)
      const a = await world.connect(alice, node)
      const b = await world.connect(bob, node)
      const old = await world.knock(node)
      await old.hello(world.ticket(bob), 4)
      const ack = await a.send(channel, 'before')
      if (ack.t !== 'ack') throw new Error('refused')
      const ticket = world.ticket(alice)

      line.cut()
      b.say({ t: 'sync', req: 900, person: 0, conversations: [] })
      expect(await b.until('failed', ({ req }) => req === 900)).toMatchObject({ code: 'unavailable' })
      const at = { conversation: channel, message: ack.message }
      expect(await b.ask({ t: 'delete', ...at })).toMatchObject({ t: 'failed', code: 'unavailable' })
      const id = randomUUID()
      a.say({ t: 'send', id, conversation: channel, text: 'meanwhile' })
      a.say({ t: 'send', id: randomUUID(), conversation: channel, text: 'after it' })
      expect(closeReasonOf(await a.closed)).toBe('unavailable')
      expect(a.frames.filter((f) => f.t === 'ack')).toHaveLength(1)
      const early = await world.knock(node)
      early.say({ t: 'hello', ticket, protocol: PROTOCOL, client: 'test' })
      expect(closeReasonOf(await early.closed)).toBe('unavailable')

      expect(await b.until('database', undefined, 20_000)).toEqual({ t: 'database', away: true })

      line.mend()
      await b.until('database', ({ away }) => !away, 20_000)
      const again = await world.connect(alice, node)
      expect((await again.send(channel, 'meanwhile', id)).t).toBe('ack')
      await b.heard(channel, 'meanwhile')
      expect(b.texts(channel)).toEqual(['before', 'meanwhile'])
      // a client of a version that does not know it is not told
      await old.heard(channel, 'meanwhile')
      expect(old.frames.some(({ t }) => t === 'database')).toBe(false)
      const unnamed = world.logged.filter((line) => line.includes('a frame could not be handled'))
      expect(unnamed).toEqual([])
    })
  })

  describe('who does not keep up', () => {
    test('is told to resync instead of being buffered for, and slows nobody', async () => {
      const world = await opened()
      const node = await world.node()
      // as many people as it takes to say so much without flooding
      const others = await Promise.all(Array.from({ length: 10 }, (_, i) => world.person(`alice-${i}`)))
      const bob = await world.person('bob')
      const channel = await world.channel(bob, ...others)
      const slow = await world.connect(bob, node)
      const quick = await world.connect(bob, node)
      slow.far.pause()
      const text = 'x'.repeat(19_000)
      for (const alice of others) {
        const a = await world.connect(alice, node)
        for (let i = 0; i < 90; i++) a.say({ t: 'send', id: randomUUID(), conversation: channel, text })
        await a.until('ack', () => a.frames.filter((f) => f.t === 'ack').length === 90, 20_000)
        a.far.close()
      }
      await quick.until('events', () => quick.texts(channel).length === 900, 10_000)
      slow.far.resume()
      await slow.until('resync', () => true, 10_000)
      await slow.settled()
      const got = slow.events(channel).length
      expect(got).toBeGreaterThan(0)
      expect(got).toBeLessThan(900)
      expect(slow.frames.filter((f) => f.t === 'resync')).toHaveLength(1)
      const versions = slow.events(channel).map((event) => event.version)
      const parts = await slow.sync({ conversations: [[channel, Math.max(...versions), 1]] })
      const rest = parts.flatMap((p) => p.changes.flatMap((change) => change.messages))
      expect(got + rest.length).toBe(900)
    })
  })

  describe('a node that is told to go', () => {
    test('sends everybody elsewhere within its time, and what was accepted is there once, in order', async () => {
      const world = await opened()
      const [one, other] = [await world.node(), await world.node()]
      const alice = await world.person('alice')
      const bob = await world.person('bob')
      const channel = await world.channel(alice, bob)
      const a = await world.connect(alice, one)
      const b = await world.connect(bob, other)
      const messages = Array.from({ length: 300 }, (_, i) => ({ id: randomUUID(), text: `m${i}` }))
      for (const { id, text } of messages) a.say({ t: 'send', id, conversation: channel, text })
      await sleep(15)
      const began = performance.now()
      const ending = one.close()
      expect(closeReasonOf(await a.closed)).toBe('restart')
      await ending
      expect(performance.now() - began).toBeLessThan(5_000)
      await expect(fetch(`http://127.0.0.1:${one.port}/health/live`)).rejects.toThrow()

      const acked = new Set(a.frames.flatMap((f) => (f.t === 'ack' ? [f.id] : [])))
      const again = await world.connect(alice, other)
      for (const { id, text } of messages)
        if (!acked.has(id)) again.say({ t: 'send', id, conversation: channel, text })
      await again.settled(500)
      await b.heard(channel, 'm299')
      const [rows] = await world.deps.db.sql<{ texts: string[] }>`
      SELECT array_agg(text ORDER BY seq) AS texts FROM messages WHERE conversation_id = ${channel}`
      expect(rows!.texts).toEqual(messages.map(({ text }) => text))
    })
  })
})
