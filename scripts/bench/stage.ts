import type { ChildProcess } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Database, openDatabase } from '@parley/db'
import { migrate } from '@parley/db/migrate'
import { freePort, startPostgres, startRedis, temporaryFolder } from '@parley/devstack'
import { collectGarbage } from './collect-garbage.ts'
import { startEjabberd } from './ejabberd/start-ejabberd.ts'
import type { Answer, Measured, Order, Place } from './load/protocol.ts'
import { openLoadProcess } from './load-process.ts'
import { startMeasured } from './measured-process.ts'
import type { Peer } from './peer.ts'
import { SECRET, ticketFor } from './tickets.ts'

const here = import.meta.dirname
const root = path.join(here, '../..')

export type Server = {
  url: string
  pid: number
  /** Now, so that what is resident afterwards is what is held. */
  collectGarbage(): Promise<void>
  stop(): Promise<void>
  /** Ends it as a crash does: nobody is told, nothing is put away. */
  kill(): Promise<void>
}
export type Load = {
  ask(order: Exclude<Order, { do: 'closed' | 'open' }>): Promise<void>
  measure(order: Extract<Order, { do: 'closed' | 'open' }>): Promise<Measured>
  end(): void
}
/** Who drives people: frames alone, on whichever server, or the client that browsers run. */
export type LoadKind = 'parley' | 'bare' | 'sync' | Peer
export type Stage = {
  db: Database
  /** The process that all of PostgreSQL's others are children of. */
  postgresPid: number
  redisPid: number
  /** `node`: its name among several. `port`: that of one that is gone. */
  startParley(as?: { node?: string; port?: number }): Promise<Server>
  startBare(): Promise<Server>
  /** Whom else the same is done on, in the same run. */
  peer: Peer | null
  startPeer(peer: Peer): Promise<Server>
  /** A process of its own. */
  load(kind: LoadKind): Load
  ticket(person: string): Place
  close(): Promise<void>
}

/** A database that is as durable as in production, Redis, and whatever is to be measured on them. */
export async function openStage(peer: Peer | null = null): Promise<Stage> {
  const folder = temporaryFolder('bench')
  const home = folder.path
  const postgres = await startPostgres({
    dir: path.join(home, 'postgres'),
    port: await freePort(),
    durable: true,
  })
  const redis = await startRedis({ dir: path.join(home, 'redis'), port: await freePort() })
  await migrate(postgres.url)
  const db = openDatabase(postgres.url, { max: 4, name: 'bench' })
  mkdirSync(path.join(home, 'files'))
  const env = {
    ...process.env,
    ...{ NODE_ENV: 'production', NODE_OPTIONS: '', PARLEY_SECRET: SECRET, SMTP_URL: 'smtp://127.0.0.1:9' },
    ...{ DATABASE_URL: postgres.url, REDIS_URL: redis.url },
    ...{ PARLEY_WEB_URL: 'http://localhost:1', PARLEY_CONSOLE_URL: 'http://localhost:2' },
    ...{ PARLEY_REALTIME_URLS: 'ws://localhost:3', PARLEY_BLOB_URL: 'http://localhost:4' },
    PARLEY_BLOB_DIR: path.join(home, 'files'),
  }

  async function start(
    file: string,
    ready: (child: ChildProcess, port: number) => Promise<void>,
    { node = 'bench', port: given }: { node?: string; port?: number } = {},
  ): Promise<Server> {
    const port = given ?? (await freePort())
    const inspectorPort = await freePort()
    const { pid, end } = await startMeasured(path.join(root, file), {
      env: { ...env, PORT: String(port), PARLEY_NODE: node },
      inspectorPort,
      ready: (child) => ready(child, port),
    })
    return {
      ...{ url: `ws://127.0.0.1:${port}`, pid, collectGarbage: () => collectGarbage(inspectorPort) },
      ...{ stop: () => end('SIGTERM'), kill: () => end('SIGKILL') },
    }
  }

  return {
    db,
    postgresPid: postgres.pid,
    redisPid: redis.pid,
    startParley: (as) =>
      start('apps/realtime/src/main.ts', (_, port) => answers(`http://127.0.0.1:${port}/health/ready`), as),
    startBare: () =>
      start(
        'scripts/bench/bare/server.ts',
        (child) => new Promise((resolve) => child.once('message', () => resolve())),
      ),
    peer,
    startPeer: (peer) => startEjabberd({ home, url: postgres.url, archive: peer === 'ejabberd' }),
    load: openLoad,
    ticket: ticketFor,
    async close() {
      await db.close()
      await redis.stop()
      await postgres.stop()
      folder.remove()
    },
  }
}

async function answers(url: string): Promise<void> {
  for (;;) {
    const ok = await fetch(url).then(
      (answer) => answer.ok,
      () => false,
    )
    if (ok) return
    await sleep(50)
  }
}

function openLoad(kind: LoadKind): Load {
  const { ask, end } = openLoadProcess<Order, Answer>(kind)
  return {
    ask: async (order) => void (await ask(order)),
    async measure(order) {
      const answer = await ask(order)
      if (answer.done !== 'measured') throw new Error('The load process measured nothing.')
      return answer.measured
    },
    end,
  }
}
