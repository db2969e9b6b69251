import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { canEnter, giveTo, unprivilegedAccount } from './account.ts'
import { type Ended, spawnChild } from './child.ts'
import { CannotStart } from './errors.ts'
import { requireFreePort } from './port.ts'
import { clearStaleLock } from './postgres/clear-stale-lock.ts'
import { createCluster } from './postgres/create-cluster.ts'
import { nativeFolder } from './postgres/native-folder.ts'
import { settings } from './postgres/settings.ts'

export type Postgres = {
  /** `postgresql://…/parley`: the database exists. */
  url: string
  pid: number
  ended: Promise<Ended>
  stop(): Promise<void>
}

type Options = {
  /** Holds the cluster; made if it is not there, used again if it is. */
  dir: string
  port: number
  /** False for tests only: trades safety over a power cut for speed. */
  durable?: boolean
  /** Without one, everybody on this machine may connect. Set when the cluster is made and the same ever after. */
  password?: string
  onLine?: (line: string) => void
  /** Gives up on making a new cluster, which takes seconds. */
  signal?: AbortSignal
}

const READY_MS = 60_000
const MAJOR = '18'

/**
 * Starts PostgreSQL from the binaries that npm installed, on 127.0.0.1.
 * @throws CannotStart when the port is taken, the folder cannot be entered or holds another version's data.
 */
export async function startPostgres(options: Options): Promise<Postgres> {
  const { port, password } = options
  const dir = path.resolve(options.dir)
  await requireFreePort(port, 'PostgreSQL')

  const account = unprivilegedAccount()
  mkdirSync(path.dirname(dir), { recursive: true })
  if (!canEnter(account, path.dirname(dir))) {
    throw new CannotStart(
      `PostgreSQL runs as the account "${account.name}", which may not enter ${path.dirname(dir)}: choose another folder.`,
    )
  }
  const native = nativeFolder(account)
  if (existsSync(path.join(dir, 'PG_VERSION'))) {
    const version = readFileSync(path.join(dir, 'PG_VERSION'), 'utf8').trim()
    if (version !== MAJOR) {
      throw new CannotStart(
        `${dir} holds data of PostgreSQL ${version}, and this is ${MAJOR}: move it by dump and restore.`,
      )
    }
    giveTo(account, dir)
    await clearStaleLock(dir)
  } else {
    await createCluster({ native, dir, account, password, signal: options.signal })
  }

  const child = spawnChild({
    name: 'PostgreSQL',
    command: path.join(native, 'bin/postgres'),
    args: ['-D', dir, '-p', String(port), ...settings(options.durable ?? true)],
    env: { PATH: process.env.PATH, TZ: 'UTC', LC_ALL: 'C' },
    ids: account.ids,
    onLine: options.onLine,
    // SIGINT: fast shutdown, transactions are rolled back; SIGQUIT: immediate, recovers at the next start
    stopWith: [
      ['SIGINT', 20_000],
      ['SIGQUIT', 5_000],
    ],
    // each of its processes is in a group of its own, and busy ones do not notice that it was killed
    endAtOnceWith: 'SIGQUIT',
  })
  try {
    await child.line(/database system is ready to accept connections/, READY_MS)
  } catch (error) {
    await child.stop()
    throw error
  }
  const login = password ? `postgres:${encodeURIComponent(password)}` : 'postgres'
  return {
    url: `postgresql://${login}@127.0.0.1:${port}/parley`,
    pid: child.pid,
    ended: child.ended,
    stop: child.stop,
  }
}
