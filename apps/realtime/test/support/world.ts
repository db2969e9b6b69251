import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Config, readConfig } from '@parley/adapters/config'
import { type Context, openContext } from '@parley/adapters/context'
import { openLog } from '@parley/adapters/log'
import { freePort } from '@parley/devstack'
import { perform } from '@parley/domain'
import type { Act } from '@parley/domain/command'
import { createChannel } from '@parley/domain/conversations/create'
import { inviteToConversation } from '@parley/domain/conversations/invite'
import { openDirect } from '@parley/domain/conversations/open-direct'
import type { Role } from '@parley/domain/permissions'
import { issueTicket } from '@parley/domain/sessions/ticket'
import type { Id } from '@parley/protocol'
import { environment } from '../../../../tests/support/environment.ts'
import { testDatabase, testRedis } from '../../../../tests/support/index.ts'
import { onAnotherDevice, type Someone, someone } from '../../../../tests/support/people.ts'
import { openRealtime } from '../../src/open-realtime.ts'
import { dial, type Transport } from './dial.ts'
import { Raw } from './raw-client.ts'

export type TestNode = Awaited<ReturnType<typeof openRealtime>>

/**
 * A database, and any number of realtime nodes in this process over it. `office` stands for the web processes: it
 * performs acts and serves no sockets. Clients connect by `transport`.
 */
export async function openWorld(
  options: { redisUrl?: string; databaseUrl?: string; transport?: Transport } = {},
) {
  const database = await testDatabase()
  const redis = testRedis()
  const home = mkdtempSync(path.join(tmpdir(), 'parley-realtime-'))
  const env = environment({
    DATABASE_URL: options.databaseUrl ?? database.url,
    REDIS_URL: options.redisUrl ?? redis.url,
    PARLEY_REDIS_PREFIX: redis.prefix,
    PARLEY_BLOB_DIR: home,
  })
  const configOf = (name: string): Config => readConfig({ ...env, PARLEY_NODE: name })
  const nodes: TestNode[] = []
  /** Who is connected: what they heard goes with them. */
  const clients = new Set<Raw>()
  /** What the processes log, line by line: some tests make them fail, and that is not news of the test run. */
  const logged: string[] = []
  const logOf = (name: string) => openLog({ process: name, write: (line) => void logged.push(line) })
  const office: Context = await openContext(configOf('office'), { log: logOf('office') })
  const { deps } = office

  const as = <Input, Result>(who: Someone, act: Act<Input, Result>, input: unknown): Promise<Result> =>
    perform(act, who, input, deps)

  return {
    env,
    configOf,
    logged,
    office,
    deps,
    as,
    redisPrefix: redis.prefix,
    person: (name: string, role?: Role) => someone({ deps }, name, role),
    anotherDevice: (who: Someone) => onAnotherDevice({ deps }, who),
    /** `routed`: under an address of its own, so that people can be sent there; `most`: connections that it takes; `farewellMs`: how long whoever goes may still bring something. */
    async node({
      routed = false,
      most = 1_000,
      farewellMs,
    }: {
      routed?: boolean
      most?: number
      farewellMs?: number
    } = {}): Promise<TestNode> {
      const port = routed ? await freePort() : 0
      const config = {
        ...configOf(`node-${nodes.length + 1}`),
        ...{ connections: most, realtimeUrl: routed ? `ws://127.0.0.1:${port}` : null },
      }
      const node = await openRealtime(config, {
        ...{ port, host: '127.0.0.1', log: logOf(config.node), farewellMs },
      })
      nodes.push(node)
      return node
    },
    /** A public channel of the first, with everybody else in it. */
    async channel(owner: Someone, ...others: Someone[]): Promise<Id> {
      const name = `channel-${deps.newId()}`
      const { id } = await as(owner, createChannel, { name, kind: 'public' })
      if (others.length > 0)
        await as(owner, inviteToConversation, { conversation: id, people: others.map((other) => other.id) })
      return id
    },
    async direct(one: Someone, other: Someone): Promise<Id> {
      return (await as(one, openDirect, { people: [other.id] })).id
    },
    ticket: (who: Someone): string => issueTicket(deps.secrets.key('ticket'), who, deps.now()),
    /** Connected and welcomed, with nothing asked yet. */
    async connect(who: Someone, node: { port: number }): Promise<Raw> {
      const client = await this.knock(node)
      await client.hello(this.ticket(who))
      return client
    },
    /** Somebody who has said nothing. */
    async knock(node: { port: number }): Promise<Raw> {
      const client = new Raw(await dial(node.port, options.transport ?? 'socket'))
      clients.add(client)
      void client.closed.then(() => clients.delete(client))
      return client
    },
    async close(): Promise<void> {
      for (const client of clients) client.far.terminate()
      await Promise.all(nodes.map((node) => node.close()))
      await office.close()
      await database.drop()
      rmSync(home, { recursive: true, force: true })
    },
  }
}
export type World = Awaited<ReturnType<typeof openWorld>>
