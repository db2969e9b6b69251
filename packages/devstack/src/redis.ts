import { mkdirSync } from 'node:fs'
import { type Ended, spawnChild } from './child.ts'
import { requireFreePort } from './port.ts'
import { findRedis } from './redis/find-redis.ts'

export type Redis = { url: string; pid: number; ended: Promise<Ended>; stop(): Promise<void> }

type Options = {
  dir: string
  port: number
  /** True for the product: queued jobs survive a restart. */
  persist?: boolean
  password?: string
  onLine?: (line: string) => void
}

const READY_MS = 30_000

/**
 * Starts Redis (or Valkey) on 127.0.0.1.
 * @throws CannotStart when the port is taken, or when there is no server here and none can be fetched.
 */
export async function startRedis(options: Options): Promise<Redis> {
  const { dir, port, password } = options
  await requireFreePort(port, 'Redis')
  const server = findRedis()
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const config = [
    'bind 127.0.0.1',
    `port ${port}`,
    `dir ${JSON.stringify(dir)}`,
    'daemonize no',
    'save ""',
    `appendonly ${options.persist ? 'yes' : 'no'}`,
    'appendfsync everysec',
    // a full Redis must refuse a job rather than forget one
    'maxmemory-policy noeviction',
    ...(password ? [`requirepass ${JSON.stringify(password)}`] : []),
  ]
  const child = spawnChild({
    name: 'Redis',
    command: server.command,
    args: ['-'],
    // on standard input, so that the password stands in no list of processes
    input: `${config.join('\n')}\n`,
    env: { ...process.env, ...server.env },
    cwd: dir,
    onLine: options.onLine,
    stopWith: [['SIGTERM', 15_000]],
  })
  try {
    await child.line(/Ready to accept connections/, READY_MS)
  } catch (error) {
    await child.stop()
    throw error
  }
  const login = password ? `:${encodeURIComponent(password)}@` : ''
  return { url: `redis://${login}127.0.0.1:${port}`, pid: child.pid, ended: child.ended, stop: child.stop }
}
