import type { Log } from '@parley/domain/ports'
import { Redis, type RedisOptions } from 'ioredis'

/** Commands that wait while there is no connection, and that may be unanswered on one that hangs. */
const OFFLINE_COMMANDS = 1_000
const UNANSWERED_COMMANDS = 20_000

const CONNECT_MS = 5_000
const COMMAND_MS = 5_000
/** A connection on which nothing comes for so long, though something was asked, is given up: TCP waits a quarter of an hour. */
const SILENT_MS = 6_000
const SLOWEST_RETRY_MS = 2_000

/** Redis could not be reached when a process started. One sentence for a person. */
export class RedisUnreachable extends Error {
  override readonly name = 'RedisUnreachable'
}

/** Too much is waiting for Redis already: whoever asks must do without now. */
export class RedisOverloaded extends Error {
  override readonly name = 'RedisOverloaded'
}

/** ioredis bounds neither what it holds back while offline nor what a hanging server owes it: this does. */
class BoundedRedis extends Redis {
  override sendCommand(...[command, stream]: Parameters<Redis['sendCommand']>): unknown {
    const { offlineQueue, commandQueue } = this as unknown as Record<'offlineQueue' | 'commandQueue', Queued>
    // the handshake of a new connection is spoken while its status is "connect", and must pass
    const offline = this.status !== 'ready' && this.status !== 'connect'
    const waiting = offline ? offlineQueue.length : commandQueue.length
    if (waiting < (offline ? OFFLINE_COMMANDS : UNANSWERED_COMMANDS))
      return super.sendCommand(command, stream)
    command.reject(new RedisOverloaded('Redis is not answering and enough is waiting for it.'))
    return command.promise
  }
}
type Queued = { length: number }

type Options = {
  /** Seen in Redis's list of clients. */
  name: string
  /** Put before every key by ioredis, but not before the names of channels. */
  keyPrefix?: string
  /** False: whoever subscribes does so again by itself. Nobody can catch it when ioredis fails to. */
  autoResubscribe?: boolean
  log: Log
}

/** What every connection of ours has in common. */
export const redisOptions = ({ name, keyPrefix }: Pick<Options, 'name' | 'keyPrefix'>) =>
  ({
    connectionName: name,
    ...(keyPrefix ? { keyPrefix } : {}),
    lazyConnect: true,
    connectTimeout: CONNECT_MS,
    commandTimeout: COMMAND_MS,
    maxRetriesPerRequest: 2,
    retryStrategy: (times: number) =>
      Math.min(50 * 2 ** Math.min(times, 10), SLOWEST_RETRY_MS) * (0.8 + Math.random() * 0.2),
    // after a failover the old primary refuses to write: leave it
    reconnectOnError: (error: Error) => error.message.startsWith('READONLY'),
  }) satisfies RedisOptions

/**
 * A connection that mends itself and never ends the process: while it is away, commands fail within COMMAND_MS, and
 * beyond OFFLINE_COMMANDS at once. Subscriptions come back by themselves.
 * @throws RedisUnreachable when the first connection cannot be made
 */
export async function openRedis(url: string, options: Options): Promise<Redis> {
  const { autoResubscribe = true } = options
  const redis = new BoundedRedis(url, {
    ...redisOptions(options),
    socketTimeout: SILENT_MS,
    autoResubscribe,
  })
  let trouble: Error | null = null
  let away = false
  redis.on('error', (error: Error) => {
    trouble = error
  })
  redis.on('close', () => {
    if (away || redis.status === 'end') return
    away = true
    if (started) options.log.warn('redis is out of reach', { connection: options.name })
  })
  redis.on('ready', () => {
    if (away && started) options.log.info('redis is back', { connection: options.name })
    away = false
  })
  let started = false
  try {
    await redis.connect()
    await redis.ping()
  } catch (error) {
    redis.disconnect()
    throw new RedisUnreachable(
      `REDIS_URL does not lead to a Redis that lets us in: ${reason(trouble ?? error)}. Start Redis there or correct the address.`,
    )
  }
  started = true
  return redis
}

/** Says goodbye when Redis listens, hangs up when it does not. */
export async function closeRedis(redis: Redis): Promise<void> {
  if (redis.status === 'end') return
  if (redis.status !== 'ready') return redis.disconnect()
  try {
    await redis.quit()
  } catch {
    redis.disconnect()
  }
}

function reason(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string }
  // Redis's own refusals begin with a word such as WRONGPASS or NOAUTH; the system's have a code
  return (code ?? message ?? 'no answer').replace(/\.$/, '').slice(0, 120)
}
