import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fanoutPublisher } from '@parley/adapters/fanout/publisher'
import { type Hints, type Parcel, subscribeFanout, type Typing } from '@parley/adapters/fanout/subscriber'
import { closeRedis, openRedis, type Redis } from '@parley/adapters/redis'
import { freePort, startRedis } from '@parley/devstack'
import { emptyPublication, type Publication } from '@parley/domain/publication'
import type { ConversationEvent, ServerFrame } from '@parley/protocol'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { onEveryRedis, testRedis } from '../../../tests/support/index.ts'

const log = { info() {}, warn() {}, error() {} }
const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function connection(url: string, keyPrefix: string): Promise<Redis> {
  const redis = await openRedis(url, { name: 'test', keyPrefix, log })
  closing.push(() => closeRedis(redis))
  return redis
}

/** A publisher and a listener of another process, and what the listener heard. */
async function pair({ url, prefix } = testRedis(), parcel?: (parcel: Parcel) => void) {
  const publisher = fanoutPublisher({ redis: await connection(url, prefix), prefix, origin: 'web', log })
  const own = fanoutPublisher({ redis: await connection(url, prefix), prefix, origin: 'node', log })
  own.startHeartbeat()
  const heard: { parcels: Parcel[]; hints: Hints[]; typing: Typing[]; lost: number } = {
    ...{ parcels: [], hints: [], typing: [], lost: 0 },
  }
  const subscription = await subscribeFanout({
    ...{ redisUrl: url, prefix, name: 'node', own: own.origin, log },
    receiver: {
      parcel: parcel ?? ((one) => void heard.parcels.push(one)),
      hints: (hints) => void heard.hints.push(hints),
      typing: (typing) => void heard.typing.push(typing),
      lost: () => void heard.lost++,
    },
  })
  closing.push(() => subscription.close())
  closing.push(() => publisher.stop())
  closing.push(() => own.stop())
  return { publisher, own, heard, subscription, prefix }
}

const renamed = (version: number, name = `name ${version}`): ConversationEvent => ({
  ...{ version, type: 'conversation.changed', changes: { name } },
})
const told = (...events: ConversationEvent[]): Publication => ({
  ...emptyPublication(),
  conversations: new Map([['21', events]]),
})
const framesOf = (parcels: Parcel[]): ServerFrame[] =>
  parcels.flatMap((parcel) => parcel.conversations.map((piece) => JSON.parse(piece.frame.toString())))

onEveryRedis((redis) => {
  describe('what one node tells the others', () => {
    test('arrives as the frames that clients get, with their versions, who left and what people joined', async () => {
      const { publisher, heard } = await pair(redis())
      const conversation = { id: '21', version: 7 }
      await publisher.publish({
        ...told(renamed(6, 'größer'), {
          ...{ version: 7, type: 'members.changed' },
          ...{ joined: [], left: ['12'], memberCount: 1 },
        }),
        people: new Map([
          ['11', [{ version: 3, type: 'membership.added', conversation, membership: {} } as never]],
          ['12', [{ version: 4, type: 'membership.removed', conversation: '21' }]],
        ]),
        revoked: { sessions: ['99'], people: [] },
      })
      await vi.waitFor(() => expect(heard.parcels).toHaveLength(1))
      const [parcel] = heard.parcels
      expect(parcel!.conversations).toMatchObject([{ conversation: '21', first: 6, last: 7, left: ['12'] }])
      expect(framesOf(heard.parcels)).toMatchObject([
        {
          t: 'events',
          conversation: '21',
          events: [{ version: 6, changes: { name: 'größer' } }, { version: 7 }],
        },
      ])
      expect(parcel!.people).toMatchObject([
        { person: '11', first: 3, last: 3, moves: [{ version: 3, joined: '21', at: 7 }] },
        { person: '12', first: 4, last: 4, moves: [{ version: 4, left: '21' }] },
      ])
      expect(parcel!.revoked).toEqual({ sessions: ['99'], people: [] })
      expect(heard.lost).toBe(0)
    })

    test('is not told back to whoever said it', async () => {
      const { own, publisher, heard } = await pair(redis())
      await own.publish(told(renamed(1)))
      await publisher.publish(told(renamed(2)))
      await vi.waitFor(() => expect(framesOf(heard.parcels)).toHaveLength(1))
      expect(framesOf(heard.parcels)).toMatchObject([{ events: [{ version: 2 }] }])
    })

    test('what the relay makes good for arrives as how far things went', async () => {
      const { publisher, heard } = await pair(redis())
      await publisher.republish({
        changes: [['21', 3, 9]],
        people: [['11', 5]],
        revoked: { sessions: ['7'], people: [] },
      })
      await vi.waitFor(() => expect(heard.hints).toHaveLength(1))
      expect(heard.hints).toEqual([
        { conversations: [['21', 9]], people: [['11', 5]], revoked: { sessions: ['7'], people: [] } },
      ])
    })

    test('a large flush travels in several envelopes, whole and in order', async () => {
      const { publisher, heard } = await pair(redis())
      const publication = emptyPublication()
      for (let i = 0; i < 30; i++)
        publication.conversations.set(String(100 + i), [renamed(1, 'x'.repeat(100_000))])
      await publisher.publish(publication)
      await vi.waitFor(() => expect(framesOf(heard.parcels)).toHaveLength(30))
      expect(heard.parcels.length).toBeGreaterThan(1)
      expect(
        heard.parcels.flatMap((parcel) => parcel.conversations.map((piece) => piece.conversation)),
      ).toEqual(Array.from({ length: 30 }, (_, i) => String(100 + i)))
    })

    test('who types is told and not counted', async () => {
      const { publisher, heard } = await pair(redis())
      publisher.typing({ conversation: '21', person: '11' })
      await publisher.publish(told(renamed(1)))
      await vi.waitFor(() => expect(heard.parcels).toHaveLength(1))
      expect(heard.typing).toEqual([{ conversation: '21', person: '11' }])
      expect(heard.lost).toBe(0)
    })
  })
})

describe('what does not arrive is noticed (message-path rule 12)', () => {
  test('an envelope that Redis took and did not deliver shows itself at the next', async () => {
    const { url, prefix } = testRedis()
    const redis = await connection(url, prefix)
    const { heard } = await pair({ url, prefix })
    let drops = false
    const leaky = {
      status: 'ready',
      publish: (channel: string, envelope: Buffer) =>
        drops ? Promise.resolve(0) : redis.publish(channel, envelope),
    } as unknown as Redis
    const publisher = fanoutPublisher({ redis: leaky, prefix, origin: 'web', log })
    closing.push(() => publisher.stop())
    await publisher.publish(told(renamed(1)))
    drops = true
    await publisher.publish(told(renamed(2)))
    drops = false
    await vi.waitFor(() => expect(heard.parcels).toHaveLength(1))
    expect(heard.lost).toBe(0)
    await publisher.publish(told(renamed(3)))
    await vi.waitFor(() => expect(heard.lost).toBe(1))
  })

  test('and at the heartbeat when nothing follows', async () => {
    const { url, prefix } = testRedis()
    const redis = await connection(url, prefix)
    const { heard } = await pair({ url, prefix })
    let drops = false
    const leaky = {
      status: 'ready',
      publish: (channel: string, envelope: Buffer) =>
        drops ? Promise.resolve(0) : redis.publish(channel, envelope),
    } as unknown as Redis
    const publisher = fanoutPublisher({ redis: leaky, prefix, origin: 'web', log })
    closing.push(() => publisher.stop())
    await publisher.publish(told(renamed(1)))
    drops = true
    await publisher.publish(told(renamed(2)))
    drops = false
    await vi.waitFor(() => expect(heard.lost).toBe(1), { timeout: 4_000 })
  })

  test('what is no envelope of this format is a loss, not an end', async () => {
    const { publisher, heard, prefix } = await pair()
    const redis = await connection(testRedis().url, prefix)
    for (const bytes of [
      '',
      'no head',
      '{"v":2,"o":"x","n":1}\n',
      '{"v":1,"o":"x","n":1,"c":[["21",1,1,500]]}\nshort',
    ])
      await redis.publish(`${prefix}fanout`, bytes)
    await publisher.publish(told(renamed(1)))
    await vi.waitFor(() => expect(heard.parcels).toHaveLength(1))
    expect(heard.lost).toBe(4)
  })

  test('what the listener fails on is a loss, not the end of its process', async () => {
    const { url, prefix } = testRedis()
    const taken: Parcel[] = []
    const { publisher, heard } = await pair({ url, prefix }, (parcel) => {
      if (taken.push(parcel) === 1) throw new Error('a defect of ours')
    })
    await publisher.publish(told(renamed(1)))
    await publisher.publish(told(renamed(2)))
    await vi.waitFor(() => expect(taken).toHaveLength(2))
    expect(heard.lost).toBe(1)
  })

  test('a Redis that refuses the listener when it comes back is asked again', async () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'parley-fanout-'))
    closing.push(() => rmSync(dir, { recursive: true, force: true }))
    const redis = await startRedis({ dir, port: await freePort() })
    closing.unshift(() => redis.stop())
    const { publisher, heard, subscription } = await pair({ url: redis.url, prefix: 'refused:' })
    const administrator = await connection(redis.url, '')
    await administrator.acl('SETUSER', 'default', '-subscribe')
    await administrator.client('KILL', 'TYPE', 'PUBSUB')
    await vi.waitFor(() => expect(subscription.listening()).toBe(false))
    await sleep(500)
    expect(subscription.listening()).toBe(false)
    await administrator.acl('SETUSER', 'default', '+subscribe')
    // sooner than silence would make it connect anew
    await vi.waitFor(() => expect(subscription.listening()).toBe(true), { timeout: 4_000 })
    await publisher.publish(told(renamed(1)))
    await vi.waitFor(() => expect(heard.parcels).toHaveLength(1))
  })

  test('Redis goes and comes back: publishing throws meanwhile, and the listener knows that it may have missed something', async () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'parley-fanout-'))
    closing.push(() => rmSync(dir, { recursive: true, force: true }))
    const port = await freePort()
    const first = await startRedis({ dir, port })
    const { publisher, heard, subscription } = await pair({ url: first.url, prefix: 'away:' })
    await publisher.publish(told(renamed(1)))
    await vi.waitFor(() => expect(heard.parcels).toHaveLength(1))
    await first.stop()
    await vi.waitFor(() => expect(subscription.listening()).toBe(false))
    await expect(publisher.publish(told(renamed(2)))).rejects.toThrow(/Redis/)
    const second = await startRedis({ dir, port })
    closing.unshift(() => second.stop())
    await vi.waitFor(() => expect(subscription.listening()).toBe(true), { timeout: 10_000 })
    expect(heard.lost).toBeGreaterThan(0)
    await vi.waitFor(async () => publisher.publish(told(renamed(3))), { timeout: 5_000 })
    await vi.waitFor(() => expect(framesOf(heard.parcels)).toMatchObject([{}, { events: [{ version: 3 }] }]))
  })
})
