import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { closeRedis, openRedis } from '@parley/adapters/redis'
import { startRedisCluster, startRedisSentinel } from '@parley/devstack'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Raw } from './support/raw-client.ts'
import { openWorld } from './support/world.ts'

const log = { info() {}, warn() {}, error() {} }
vi.setConfig({ testTimeout: 120_000 })
const closing: (() => unknown)[] = []
let dir: string
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'parley-failover-'))
})
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
  rmSync(dir, { recursive: true, force: true })
})

/** A Redis, and how to kill the server that the nodes speak to each other over. */
const STACKS = {
  'a master of a Cluster': async () => {
    const cluster = await startRedisCluster({ dir })
    async function kill(prefix: string): Promise<void> {
      const redis = await openRedis(cluster.url, { name: 'test', log })
      const slot = Number(await redis.cluster('KEYSLOT', `${prefix}fanout`))
      const range = (await redis.cluster('SLOTS')).find(([first, last]) => first <= slot && slot <= last)
      await closeRedis(redis)
      await cluster.masters.find(({ port }) => port === range![2]![1])!.kill()
    }
    return { url: cluster.url, stop: cluster.stop, kill }
  },
  'the master of Sentinels': async () => {
    const { url, stop, master } = await startRedisSentinel({ dir })
    return { url, stop, kill: () => master.kill() }
  },
}

test.each(Object.entries(STACKS))(
  '%s is killed while alice and bob talk over two nodes: nothing is lost or told twice, and its replica carries on',
  async (_, start) => {
    const stack = await start()
    closing.push(() => stack.stop())
    const world = await openWorld({ redisUrl: stack.url })
    closing.push(() => world.close())
    const [one, other] = [await world.node(), await world.node()]
    const [alice, bob] = [await world.person('alice'), await world.person('bob')]
    const channel = await world.channel(alice, bob)
    const [a, b] = [await world.connect(alice, one), await world.connect(bob, other)]
    await a.send(channel, 'before')
    await b.heard(channel, 'before')

    const sent: { text: string; id: string }[] = []
    let talking = true
    async function say(who: Raw, text: string): Promise<void> {
      const ack = await who.send(channel, text)
      if (ack.t !== 'ack') throw new Error(`refused: ${JSON.stringify(ack)}`)
      sent.push({ text, id: ack.message })
    }
    async function talk(who: Raw, name: string): Promise<void> {
      for (let n = 1; talking; n++) {
        await say(who, `${name} ${n}`)
        await sleep(20)
      }
    }
    const talks = [talk(a, 'alice'), talk(b, 'bob')]
    await stack.kill(world.redisPrefix)
    // people go on meanwhile, however long it takes until words pass from node to node again
    await vi.waitFor(async () => {
      const probe = `probe ${performance.now()}`
      await say(a, probe)
      await b.heard(channel, probe)
    }, 60_000)
    talking = false
    await Promise.all(talks)

    expect(new Set(sent.map(({ id }) => id)).size).toBe(sent.length)
    // what did not come by itself is what bob is told to fetch: from the last that came without a gap
    const before = b.events(channel).map(({ version }) => version)
    expect(new Set(before).size).toBe(before.length)
    const parts = await b.sync({ conversations: [[channel, 0, 1]], only: true })
    const fetched = parts.flatMap(({ changes }) => changes.flatMap(({ messages }) => messages))
    const texts = fetched.map(({ text }) => text).filter((text) => /^(alice|bob|probe) /.test(text))
    expect(texts.sort()).toEqual(sent.map(({ text }) => text).sort())
    // and he was told so, if anything is missing from what he heard
    const heard = new Set(b.texts(channel))
    const missed = sent.filter(({ text }) => text.startsWith('alice') && !heard.has(text))
    if (missed.length > 0) await b.until('changed-conversation', (frame) => frame.conversation === channel)
  },
)
