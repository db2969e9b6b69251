import type { Ended } from './child.ts'
import { loginOf, spawnServer } from './redis/spawn-server.ts'

export type Redis = { url: string; pid: number; ended: Promise<Ended>; stop(): Promise<void> }

type Options = {
  dir: string
  port: number
  /** True for the product: queued jobs survive a restart. */
  persist?: boolean
  password?: string
  onLine?: (line: string) => void
}

/**
 * Starts Redis (or Valkey) on 127.0.0.1.
 * @throws CannotStart when the port is taken, or when there is no server here and none can be fetched.
 */
export async function startRedis({ persist = false, ...options }: Options): Promise<Redis> {
  const { pid, ended, stop } = await spawnServer({
    ...options,
    name: 'Redis',
    settings: [`appendonly ${persist ? 'yes' : 'no'}`, 'appendfsync everysec'],
    ready: /Ready to accept connections/,
  })
  return { url: `redis://${loginOf(options.password)}127.0.0.1:${options.port}`, pid, ended, stop }
}
