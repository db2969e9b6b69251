import { mkdirSync } from 'node:fs'
import { type Child, spawnChild } from '../child.ts'
import { requireFreePort } from '../port.ts'
import { findRedis } from './find-redis.ts'

type Options = {
  /** What a person calls it. */
  name: string
  dir: string
  port: number
  /** Further lines of its configuration. */
  settings: string[]
  /** What it says when it is ready. */
  ready: RegExp
  password?: string
  onLine?: (line: string) => void
}

const READY_MS = 30_000

/**
 * One Redis (or Valkey) on 127.0.0.1, ready.
 * @throws CannotStart when the port is taken, or when there is no server here and none can be fetched.
 */
export async function spawnServer({ name, dir, port, password, ...options }: Options): Promise<Child> {
  await requireFreePort(port, name)
  const server = findRedis()
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const settings = [
    'bind 127.0.0.1',
    `port ${port}`,
    `dir ${JSON.stringify(dir)}`,
    'daemonize no',
    'save ""',
    // a full Redis must refuse a job rather than forget one
    'maxmemory-policy noeviction',
    ...(password
      ? [`requirepass ${JSON.stringify(password)}`, `masterauth ${JSON.stringify(password)}`]
      : []),
    ...options.settings,
  ]
  const child = spawnChild({
    name,
    command: server.command,
    args: ['-'],
    // on standard input, so that the password stands in no list of processes
    input: `${settings.join('\n')}\n`,
    env: { ...process.env, ...server.env },
    cwd: dir,
    onLine: options.onLine,
    stopWith: [['SIGTERM', 15_000]],
  })
  try {
    await child.line(options.ready, READY_MS)
  } catch (error) {
    await child.stop()
    throw error
  }
  return child
}

/** What stands between the scheme of an address and its hosts. */
export const loginOf = (password: string | undefined): string =>
  password ? `:${encodeURIComponent(password)}@` : ''
