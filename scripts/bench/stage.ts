import { type ChildProcess, fork } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openSecrets } from '@parley/adapters/secrets'
import { type Database, openDatabase } from '@parley/db'
import { migrate } from '@parley/db/migrate'
import { freePort, startPostgres, startRedis } from '@parley/devstack'
import { issueTicket } from '@parley/domain/sessions/ticket'
import type { Answer, Measured, Order, Place } from './load/protocol.ts'

const here = import.meta.dirname
const root = path.join(here, '../..')
const SECRET = 'a secret of the bench alone, 32 characters and more'

export type Server = {
  url: string
  pid: number
  /** Where its inspector listens, for what cannot be measured from outside; it costs nothing until somebody asks. */
  inspectorPort: number
  stop(): Promise<void>
}
export type Load = {
  ask(order: Exclude<Order, { do: 'closed' | 'open' }>): Promise<void>
  measure(order: Extract<Order, { do: 'closed' | 'open' }>): Promise<Measured>
  end(): void
}
/** Who drives people: frames and JSON alone, on either server, or the client that browsers run. */
export type LoadKind = 'parley' | 'bare' | 'sync'
export type Stage = {
  db: Database
  /** The process that all of PostgreSQL's others are children of. */
  postgresPid: number
  startParley(): Promise<Server>
  startBare(): Promise<Server>
  /** A process of its own. */
  load(kind: LoadKind): Load
  ticket(person: string): Place
  close(): Promise<void>
}

/** A database that is as durable as in production, Redis, and whatever is to be measured on them. */
export async function openStage(): Promise<Stage> {
  const home = mkdtempSync(path.join(tmpdir(), 'parley-bench-'))
  chmodSync(home, 0o755)
  const postgres = await startPostgres({
    dir: path.join(home, 'postgres'),
    port: await freePort(),
    durable: true,
  })
  const redis = await startRedis({ dir: path.join(home, 'redis'), port: await freePort() })
  await migrate(postgres.url)
  const db = openDatabase(postgres.url, { max: 4, name: 'bench' })
  const key = openSecrets(SECRET).key('ticket')
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
  ): Promise<Server> {
    const port = await freePort()
    const inspectorPort = await freePort()
    const child = fork(path.join(root, file), {
      execArgv: [`--inspect=127.0.0.1:${inspectorPort}`, '--inspect-publish-uid=http'],
      env: { ...env, PORT: String(port), PARLEY_NODE: 'bench' },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
    const early = ended.then((code) => {
      throw new Error(`${file} ended with ${code} before it was ready`)
    })
    early.catch(() => {})
    await Promise.race([ready(child, port), early])
    return {
      url: `ws://127.0.0.1:${port}`,
      pid: child.pid!,
      inspectorPort,
      async stop() {
        child.kill('SIGTERM')
        await ended
      },
    }
  }

  return {
    db,
    postgresPid: postgres.pid,
    startParley: () =>
      start('apps/realtime/src/main.ts', (_, port) => answers(`http://127.0.0.1:${port}/health/ready`)),
    startBare: () =>
      start(
        'scripts/bench/bare/server.ts',
        (child) => new Promise((resolve) => child.once('message', () => resolve())),
      ),
    load: (kind) => openLoad(path.join(here, `load/${kind}.ts`)),
    ticket(person) {
      const actor = {
        kind: 'person',
        id: person,
        name: 'p',
        role: 'member',
        session: person,
        device: person,
        address: '',
      } as const
      return { person, ticket: issueTicket(key, actor, new Date()) }
    },
    async close() {
      await db.close()
      await redis.stop()
      await postgres.stop()
      rmSync(home, { recursive: true, force: true })
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

function openLoad(file: string): Load {
  const child = fork(file, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], serialization: 'advanced' })
  const ask = (order: Order) =>
    new Promise<Answer>((resolve, reject) => {
      const early = () => reject(new Error('A load process ended.'))
      child.once('exit', early)
      child.once('message', (answer: Answer) => {
        child.off('exit', early)
        if (answer.done === 'failed') reject(new Error(answer.why))
        else resolve(answer)
      })
      child.send(order)
    })
  return {
    ask: async (order) => void (await ask(order)),
    async measure(order) {
      const answer = await ask(order)
      if (answer.done !== 'measured') throw new Error('The load process measured nothing.')
      return answer.measured
    },
    end: () => void child.disconnect(),
  }
}
