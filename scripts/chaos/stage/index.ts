import { appendFileSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { type Database, openDatabase } from '@parley/db'
import { migrate } from '@parley/db/migrate'
import { freePort, startPostgres, temporaryFolder } from '@parley/devstack'
import { environment, realtimeUrl } from './environment.ts'
import { type Kept, keep, type Running } from './kept.ts'
import { type Build, mainFile } from './mains.ts'
import { openRedis, type RedisForm, type StageRedis } from './redis.ts'
import { startProcess } from './start-process.ts'
import { openWire, type Wire } from './wire.ts'

export const NODES = ['node-1', 'node-2', 'node-3'] as const
/** What people have to do with. */
export const DOORS = [...NODES, 'api'] as const
export const PROCESSES = [...DOORS, 'worker'] as const
export type NodeName = (typeof NODES)[number]
export type DoorName = (typeof DOORS)[number]
export type ProcessName = (typeof PROCESSES)[number]

/** One process of the suite with its own wires. `redis`: null where there can be none. */
export type Part = { process: Kept<Running>; postgres: Wire; redis: Wire | null }
export type Stage = {
  /** Past every proxy: what the checker reads is the truth. */
  db: Database
  databaseUrl: string
  postgres: Kept<Running>
  redis: StageRedis
  parts: Record<ProcessName, Part>
  /** What people reach each node and the API through. */
  fronts: Record<DoorName, Wire>
  close(): Promise<void>
}

type Options = Build & {
  redis: RedisForm
  /** What happens to processes, in a line. */
  said(line: string): void
  /** The log of every process; without it, nothing is kept. */
  logs?: string
}

/** PostgreSQL, Redis, three realtime nodes, the API and a worker, each behind wires of its own. */
export async function openStage({ said, logs, redis: form, ...build }: Options): Promise<Stage> {
  const folder = temporaryFolder('chaos')
  const home = folder.path
  mkdirSync(path.join(home, 'files'))
  if (logs) mkdirSync(logs, { recursive: true })
  const closing: (() => unknown)[] = [folder.remove]
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
    const postgresPort = await freePort()
    const postgres = kept(
      keep(
        'postgres',
        // what is committed must outlive an immediate shutdown
        () => startPostgres({ dir: path.join(home, 'postgres'), port: postgresPort, durable: true }),
        said,
      ),
    )
    const redis = await openRedis(form, home, said)
    closing.push(() => redis.stop())
    await postgres.up()
    const url = `postgresql://postgres@127.0.0.1:${postgresPort}/parley`
    await migrate(url)
    const db = opened(openDatabase(url, { max: 4, name: 'chaos' }))

    const wireTo = async (port: number) => opened(await openWire(port))
    const portOf = {} as Record<ProcessName, number>
    for (const name of PROCESSES) portOf[name] = await freePort()
    const fronts = {} as Stage['fronts']
    for (const name of DOORS) fronts[name] = await wireTo(portOf[name])

    const processes: Kept<Running>[] = []
    async function part(name: ProcessName): Promise<Part> {
      const wires = {
        postgres: await wireTo(postgresPort),
        redis: redis.port === null ? null : await wireTo(redis.port),
      }
      const onLine = logs && ((line: string) => appendFileSync(path.join(logs, `${name}.log`), `${line}\n`))
      const env = {
        ...environment(
          home,
          { postgres: wires.postgres, redisUrl: redis.urlOver(wires.redis) },
          NODES.map((node) => fronts[node]),
        ),
        ...(isNode(name) ? { PARLEY_REALTIME_URL: realtimeUrl(fronts[name]) } : {}),
        ...(build.broken ? { CHAOS_BROKEN: build.broken } : {}),
      }
      const start = { name, file: mainFile(name, build), env, port: portOf[name] }
      const process = keep<Running>(
        name,
        (began) => startProcess({ ...start, began, ...(onLine ? { onLine } : {}) }),
        said,
      )
      processes.push(process)
      return { process, ...wires }
    }
    const parts = {} as Stage['parts']
    for (const name of PROCESSES) parts[name] = await part(name)
    // together: each takes its time for its people
    closing.push(() => Promise.all(processes.map((process) => process.stop())))
    await Promise.all(PROCESSES.map((name) => parts[name].process.up()))
    return { db, databaseUrl: url, postgres, redis, parts, fronts, close }
  } catch (error) {
    await close()
    throw error
  }
}

const isNode = (name: ProcessName): name is NodeName => NODES.some((node) => node === name)
