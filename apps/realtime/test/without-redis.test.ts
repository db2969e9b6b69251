import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort, type Redis, startRedis } from '@parley/devstack'
import { perform } from '@parley/domain'
import { signIn } from '@parley/domain/accounts/index'
import { hashPassword } from '@parley/domain/accounts/passwords/argon'
import { openDirect } from '@parley/domain/conversations/open-direct'
import type { Sync } from '@parley/sync'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { lookAtAll, stateOf } from '../../../tests/sync/state-of.ts'
import { startRealtime } from './support/real-process.ts'
import { syncClient } from './support/sync-client.ts'
import { expectEqualToFresh } from './support/talk.ts'
import { openWorld } from './support/world.ts'

vi.setConfig({ testTimeout: 180_000 })
const closing: (() => unknown)[] = []
let dir: string
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'parley-without-redis-'))
})
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
  rmSync(dir, { recursive: true, force: true })
})

/** How Redis goes, and how it comes back: gone with all it knew, or hanging with every connection open. */
const TROUBLES = {
  'is killed': async (redis: Redis, start: () => Promise<unknown>) => {
    process.kill(redis.pid, 'SIGKILL')
    await redis.ended
    return start
  },
  hangs: async (redis: Redis) => {
    process.kill(redis.pid, 'SIGSTOP')
    return async () => void process.kill(redis.pid, 'SIGCONT')
  },
}
const PASSWORD = 'correct horse battery staple'

async function textsIn(client: Sync, conversation: string): Promise<string[]> {
  await lookAtAll(client)
  const mine = stateOf(client).conversations.find((one) => one.conversation.id === conversation)
  return mine?.roots.flatMap((message) => (message ? [message.text] : [])) ?? []
}

test.each(Object.entries(TROUBLES))(
  'Redis %s: alice and bob go on talking over two nodes, open a conversation and sign in, and when it is back all clients hold the same',
  async (_, trouble) => {
    const port = await freePort()
    let redis = await startRedis({ dir, port })
    const start = async () => {
      redis = await startRedis({ dir, port })
    }
    closing.push(() => redis.stop())
    const world = await openWorld({ redisUrl: redis.url })
    closing.push(() => world.close())
    const nodes = await Promise.all(['node-a', 'node-b'].map((name) => startRealtime(world.env, name)))
    closing.push(() => Promise.all(nodes.map((node) => node.child.stop())))
    const [one, other] = nodes.map((node) => node.port) as [number, number]
    const [alice, bob] = [await world.person('alice'), await world.person('bob')]
    await world.deps.db.sql`
      UPDATE people SET password_hash = ${await hashPassword(PASSWORD)} WHERE id = ${bob.id}`
    const channel = await world.channel(alice, bob)
    const clientOf = (who: typeof alice, at: number): Sync => {
      const client = syncClient(() => world.ticket(who), [at])
      closing.push(() => client.close())
      return client
    }
    const [a, b] = [clientOf(alice, one), clientOf(bob, other)]
    await Promise.all([a.whole(), b.whole()])

    const accepted: string[] = []
    async function say(who: Sync, conversation: string, text: string): Promise<void> {
      await who.send(conversation, text).settled
      accepted.push(text)
    }
    const bothHold = (conversation: string, texts: string[]) =>
      vi.waitFor(
        async () => {
          for (const client of [a, b])
            expect((await textsIn(client, conversation)).toSorted()).toEqual(texts.toSorted())
        },
        { timeout: 60_000, interval: 50 },
      )
    await say(a, channel, 'before')
    await bothHold(channel, accepted)

    const comeBack = await trouble(redis, start)
    for (let n = 1; n <= 5; n++)
      await Promise.all([say(a, channel, `alice ${n}`), say(b, channel, `bob ${n}`)])
    await bothHold(channel, accepted)
    const { id: direct } = await world.as(alice, openDirect, { people: [bob.id] })
    // from here on bob only listens: nothing that he sends makes his node look
    await vi.waitFor(() => expect(stateOf(a).conversations).toHaveLength(2), { timeout: 60_000 })
    await a.send(direct, 'only for you').settled
    await bothHold(direct, ['only for you'])
    const visitor = { kind: 'anonymous', address: '192.0.2.7' } as const
    const credentials = { email: bob.email, password: PASSWORD, agent: 'Firefox', device: null }
    expect(await perform(signIn, visitor, credentials, world.deps)).toMatchObject({ name: 'bob' })
    const late = clientOf(await world.anotherDevice(bob), one)
    await late.whole()
    expect((await textsIn(late, channel)).toSorted()).toEqual(accepted.toSorted())

    await say(a, channel, 'just before it is back')
    await comeBack()
    await bothHold(channel, accepted)
    await say(b, channel, 'after')
    await bothHold(channel, accepted)
    const rows = await world.deps.db.sql<{ text: string }>`
      SELECT text FROM messages WHERE conversation_id = ${channel}`
    expect(rows.map(({ text }) => text).toSorted()).toEqual(accepted.toSorted())
    await Promise.all([
      expectEqualToFresh(
        a,
        syncClient(() => world.ticket(alice), [one]),
      ),
      expectEqualToFresh(
        b,
        syncClient(() => world.ticket(bob), [other]),
      ),
    ])
  },
)
