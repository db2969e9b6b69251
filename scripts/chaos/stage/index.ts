import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Database, openDatabase } from '@parley/db'
import { migrate } from '@parley/db/migrate'
import { freePort, startPostgres, startRedis } from '@parley/devstack'
import { type Broken, mainOf } from '../broken/index.ts'
import { type Kept, keep, type Running } from './kept.ts'
import { startProcess } from './node-process.ts'
import { type Office, startOffice } from './office-process.ts'
import { openWire, type Wire } from './wire.ts'

export const NODES = ['node-1', 'node-2', 'node-3'] as const
export const PROCESSES = [...NODES, 'worker', 'office'] as const
export type NodeName = (typeof NODES)[number]
export type ProcessName = (typeof PROCESSES)[number]

/** Known to the processes and to the people's load processes, which write their own tickets. */
export const SECRET = 'a secret of the chaos harness alone, 32 characters'

/** One process of the suite with its own wires. */
export type Part = { process: Kept<Running>; postgres: Wire; redis: Wire }
export type Stage = {
  /** Past every proxy: what the checker reads is the truth. */
  db: Database
  databaseUrl: string
  postgres: Kept<Running>
  redis: Kept<Running>
  parts: Record<ProcessName, Part>
  /** What people reach each node through. */
  fronts: Record<NodeName, Wire>
  office(): Office | null
  close(): Promise<void>
}

type Options = {
  broken: Broken | null
  /** What happens to processes, in a line. */
  said(line: string): void
  /** The log of every process; without it, nothing is kept. */
  logs?: string
}

/** PostgreSQL, Redis, three realtime nodes, a worker and an office, each behind wires of its own. */
export async function openStage({ broken, said, logs }: Options): Promise<Stage> {
  const home = mkdtempSync(path.join(tmpdir(), 'parley-chaos-'))
  chmodSync(home, 0o755)
  mkdirSync(path.join(home, 'files'))
  if (logs) mkdirSync(logs, { recursive: true })
  const closing: (() => unknown)[] = [() => rmSync(home, { recursive: true, force: true })]
  const close = async () => {
    for (const one of closing.splice(0).reverse()) await one()
  }
  const opened = <T extends { close(): Promise<unknown> }>(one: T): T => {
    closing.push(() => one.close())
    return one
  }
  const kept = <R extends Running>(one: Kept<R>): Kept<R> => {
    closing.push(() => one.stop())
    return one
  }
  try {
    const ports = { postgres: await freePort(), redis: await freePort() }
    const postgres = kept(
      keep(
        'postgres',
        // what is committed must outlive an immediate shutdown
        () => startPostgres({ dir: path.join(home, 'postgres'), port: ports.postgres, durable: true }),
        said,
      ),
    )
    // forgets everything when it ends
    const redis = kept(
      keep('redis', () => startRedis({ dir: path.join(home, 'redis'), port: ports.redis }), said),
    )
    await Promise.all([postgres.up(), redis.up()])
    const url = `postgresql://postgres@127.0.0.1:${ports.postgres}/parley`
    await migrate(url)
    const db = opened(openDatabase(url, { max: 4, name: 'chaos' }))

    async function part(name: ProcessName): Promise<Part> {
      const wires = {
        postgres: opened(await openWire(ports.postgres)),
        redis: opened(await openWire(ports.redis)),
      }
      const env = environment(home, wires)
      const onLine = logs && ((line: string) => appendFileSync(path.join(logs, `${name}.log`), `${line}\n`))
      const port = await freePort()
      portOf[name] = port
      const process = keep<Running>(
        name,
        async (began) => {
          if (name === 'office') {
            office = await startOffice({
              env: { ...env, PARLEY_NODE: name },
              began,
              onLine: onLine || undefined,
            })
            return office
          }
          const file = name === 'worker' ? 'apps/worker/src/main.ts' : mainOf(broken)
          const extra: Record<string, string> = broken ? { CHAOS_BROKEN: broken } : {}
          return startProcess({
            name,
            file,
            env: { ...env, ...extra },
            port,
            began,
            ...(onLine ? { onLine } : {}),
          })
        },
        said,
      )
      processes.push(process)
      return { process, ...wires }
    }
    const processes: Kept<Running>[] = []
    let office: Office | null = null
    const portOf = {} as Record<ProcessName, number>
    const parts = {} as Stage['parts']
    for (const name of PROCESSES) parts[name] = await part(name)
    // together: each takes its time for its people
    closing.push(() => Promise.all(processes.map((process) => process.stop())))
    const fronts = {} as Stage['fronts']
    for (const name of NODES) fronts[name] = opened(await openWire(portOf[name]))
    await Promise.all(PROCESSES.map((name) => parts[name].process.up()))
    return {
      ...{ db, databaseUrl: url, postgres, redis, parts, fronts, close },
      office: () => (parts.office.process.now() ? office : null),
    }
  } catch (error) {
    await close()
    throw error
  }
}

const environment = (home: string, wires: { postgres: Wire; redis: Wire }): Record<string, string> => ({
  NODE_ENV: 'production',
  PARLEY_SECRET: SECRET,
  DATABASE_URL: `postgresql://postgres@127.0.0.1:${wires.postgres.port}/parley`,
  REDIS_URL: `redis://127.0.0.1:${wires.redis.port}`,
  SMTP_URL: 'smtp://127.0.0.1:9',
  PARLEY_WEB_URL: 'http://localhost:1',
  PARLEY_CONSOLE_URL: 'http://localhost:2',
  PARLEY_REALTIME_URLS: 'ws://localhost:3',
  PARLEY_BLOB_URL: 'http://localhost:4',
  PARLEY_BLOB_DIR: path.join(home, 'files'),
})
