import type { Log } from '@parley/domain/ports'
import { Cluster, type ClusterOptions, type RedisOptions, Redis as Single } from 'ioredis'
import { parseRedisAddress, type RedisAddress } from './config/redis-address.ts'
import { BoundedCluster, BoundedRedis } from './redis/bounded.ts'
import {
  COMMAND_MS,
  CONNECT_MS,
  retryDelay,
  SILENT_MS,
  SLOTS_MS,
  START_MS,
  WORKER_REDIRECTIONS,
  WORKER_SILENT_MS,
} from './redis/bounds.ts'
import { slotOwnerConnector } from './redis/slot-owner.ts'
import type { Redis } from './redis/types.ts'

export { RedisOverloaded } from './redis/bounded.ts'
export { onReturn } from './redis/on-return.ts'
export type { Redis } from './redis/types.ts'

/** Redis could not be reached when a process started. One sentence for a person. */
export class RedisUnreachable extends Error {
  override readonly name = 'RedisUnreachable'
}

type Options = {
  /** Seen in Redis's list of clients. */
  name: string
  /** Put before every key by ioredis, and on a Cluster before the names of sharded channels; not of others. */
  keyPrefix?: string
  log: Log
}
/** Whether a connection may still be refused because nobody is found, instead of being tried again. */
type Starting = () => boolean

/**
 * A connection that mends itself and never ends the process: while Redis is away, commands fail within COMMAND_MS, and
 * beyond OFFLINE_COMMANDS at once. Behind Sentinels it follows the master; on a Cluster it follows the slots, and stays
 * `ready` while some of them are not served.
 * @param url as `parseRedisAddress` reads it
 * @throws RedisUnreachable when the first connection cannot be made, or leads to what is not meant
 */
export const openRedis = (url: string, options: Options): Promise<Redis> => open(url, options)

/**
 * A connection to listen on one channel with: SUBSCRIBE, or on a Cluster SSUBSCRIBE at the node that serves the channel,
 * wherever that is by now. Whoever listens does so again by itself on each `ready`: nobody could catch it when ioredis
 * fails to. `moved` says that the channel is elsewhere: connect anew.
 * @throws RedisUnreachable
 */
export async function openListener(url: string, channel: string, options: Options): Promise<Single> {
  const address = parseRedisAddress(url)
  return started(address, options, (starting) => {
    const place =
      address.form === 'cluster'
        ? { ...loginOf(address), Connector: slotOwnerConnector(address, channel, starting) }
        : placeOf(address, starting)
    return new BoundedRedis({
      ...{ ...connection(options.name), socketTimeout: SILENT_MS, commandTimeout: COMMAND_MS },
      ...{ autoResubscribe: false, lazyConnect: true, ...place },
    })
  })
}

/**
 * A connection to listen on sharded channels of any slot with: on a Cluster, one to each of its nodes. Whoever listens
 * does so again by itself on each `ready`. The key prefix is put before the names of channels.
 * @throws RedisUnreachable
 */
export const openShardedListener = (url: string, options: Options): Promise<Redis> =>
  open(url, options, { single: { autoResubscribe: false }, cluster: { shardedSubscribers: true } })

/** `over`: what is particular, on one Redis and on a Cluster. */
function open(
  url: string,
  { keyPrefix = '', ...options }: Options,
  over: { single?: SingleOptions; cluster?: Pick<ClusterOptions, 'shardedSubscribers'> } = {},
): Promise<Redis> {
  const address = parseRedisAddress(url)
  return started<Redis>(address, options, (starting) => {
    const common = { ...connection(options.name), socketTimeout: SILENT_MS, commandTimeout: COMMAND_MS }
    const ours = { keyPrefix, lazyConnect: true }
    return address.form === 'cluster'
      ? new BoundedCluster(address.nodes, { ...clusterOptions(address, common), ...ours, ...over.cluster })
      : new BoundedRedis({ ...common, ...ours, ...placeOf(address, starting), ...over.single })
  })
}

/** A worker has nothing to do but wait for Redis, so its commands wait too: no limit of tries, no time-out. */
export function openWorkerRedis(url: string, { name, log }: Options): Redis {
  const address = parseRedisAddress(url)
  const common = { ...connection(name), maxRetriesPerRequest: null, socketTimeout: WORKER_SILENT_MS }
  const redis: Redis =
    address.form === 'cluster'
      ? new Cluster(address.nodes, {
          ...clusterOptions(address, common),
          // a command is tried for as long as a failover may take, and longer
          maxRedirections: WORKER_REDIRECTIONS,
        })
      : new Single({ ...common, ...placeOf(address, () => false) })
  tellOfTrouble(redis, name, log)
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

/** What every connection of ours has in common. */
const connection = (name: string) =>
  ({
    connectionName: name,
    connectTimeout: CONNECT_MS,
    maxRetriesPerRequest: 2,
    retryStrategy: retryDelay,
    // after a failover the old primary refuses to write: leave it
    reconnectOnError: (error: Error) => error.message.startsWith('READONLY'),
  }) satisfies SingleOptions

/** Replies of the one shape that ioredis has always given: its types ask to be told so. */
type SingleOptions = RedisOptions & { replyMapping?: 'legacy' }
type Address<Form extends RedisAddress['form']> = Extract<RedisAddress, { form: Form }>

const loginOf = ({ username, password, tls }: RedisAddress): SingleOptions => ({
  ...(username === undefined ? {} : { username }),
  ...(password === undefined ? {} : { password }),
  ...(tls ? { tls: {} } : {}),
})

function placeOf(address: Address<'standalone' | 'sentinel'>, starting: Starting): SingleOptions {
  if (address.form === 'standalone') {
    const { host, port, db } = address
    return { ...loginOf(address), host, port, db }
  }
  const { sentinels, name, db, tls, sentinel } = address
  return {
    ...loginOf(address),
    ...{ sentinels, name, db },
    ...(sentinel.username === undefined ? {} : { sentinelUsername: sentinel.username }),
    ...(sentinel.password === undefined ? {} : { sentinelPassword: sentinel.password }),
    ...(tls ? { enableTLSForSentinelMode: true, sentinelTLS: {} } : {}),
    sentinelCommandTimeout: COMMAND_MS,
    sentinelRetryStrategy: (times) => (starting() ? null : retryDelay(times)),
  }
}

function clusterOptions(address: Address<'cluster'>, common: SingleOptions) {
  // a node that is gone is connected to again when the Cluster still names it, not by itself
  const { retryStrategy: _, ...redisOptions } = common
  return {
    redisOptions: { ...redisOptions, ...loginOf(address) },
    clusterRetryStrategy: retryDelay,
    slotsRefreshInterval: SLOTS_MS,
    // ioredis would look names up itself and connect to the numbers, which no certificate is for
    dnsLookup: (name, found) => found(null, name),
  } satisfies ClusterOptions
}

/** Opens it for the first time, and from then on tells the log when it goes and comes. */
async function started<Kind extends Redis>(
  address: RedisAddress,
  { name, log }: Options,
  open: (starting: Starting) => Kind,
): Promise<Kind> {
  let starting = true
  const redis = open(() => starting)
  let trouble: unknown = null
  const note = (error: unknown) => {
    trouble = error
  }
  for (const event of ['error', 'node error', 'sentinelError']) redis.on(event, note)
  try {
    await ready(redis)
    await expectPrimary(redis, address)
  } catch (error) {
    redis.disconnect()
    const why =
      error instanceof Misled
        ? error.message
        : `REDIS_URL does not lead to a Redis that lets us in: ${reason(trouble ?? error)}. Start Redis there or correct the address.`
    throw new RedisUnreachable(why)
  }
  starting = false
  for (const event of ['node error', 'sentinelError']) redis.off(event, note)
  tellOfTrouble(redis, name, log)
  return redis
}

/** ioredis's own promise is never kept by a Cluster that some slots are missing of at first. */
async function ready(redis: Redis): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const late = () => reject(new Error(`not ready within ${START_MS / 1_000} s`))
  const timer = setTimeout(late, START_MS)
  redis.once('ready', resolve)
  redis.connect().catch(reject)
  try {
    await promise
  } finally {
    clearTimeout(timer)
    redis.off('ready', resolve)
  }
}

/** A Redis that answers and is another than the address says: it would fail later, in riddles. */
class Misled extends Error {}

/** Sharded channels are in Redis since then. */
const OLDEST_OF_CLUSTER = 7

async function expectPrimary(redis: Redis, { form }: RedisAddress): Promise<void> {
  const said = await redis.info()
  const field = (name: string) => new RegExp(`^${name}:([^\\r\\n]*)`, 'm').exec(said)?.[1]
  const mode = field('redis_mode')
  if (form !== 'cluster' && mode === 'cluster')
    throw new Misled('REDIS_URL leads to a node of a Redis Cluster: begin it with redis+cluster://.')
  if (mode === 'sentinel')
    throw new Misled(
      'REDIS_URL leads to a Sentinel: begin it with redis+sentinel:// and end it with /name of the master.',
    )
  if (form === 'standalone' && field('role') === 'slave')
    throw new Misled(
      'REDIS_URL leads to a replica, which takes no writes: name the primary, or use redis+sentinel://.',
    )
  if (form === 'cluster' && Number.parseInt(field('redis_version') ?? '', 10) < OLDEST_OF_CLUSTER)
    throw new Misled(
      `REDIS_URL leads to a Cluster of Redis ${field('redis_version')}: Parley needs Redis 7 or newer there.`,
    )
}

function tellOfTrouble(redis: Redis, name: string, log: Log): void {
  redis.on('error', () => {})
  let away = redis.status !== 'ready'
  redis.on('close', () => {
    if (away || redis.status === 'end') return
    away = true
    log.warn('redis is out of reach', { connection: name })
  })
  redis.on('ready', () => {
    if (away) log.info('redis is back', { connection: name })
    away = false
  })
}

function reason(error: unknown): string {
  const { code, message, errors, lastNodeError } = error as Partial<Failure>
  // a Cluster's own error says only that all of its nodes failed
  if (lastNodeError) return reason(lastNodeError)
  // a host with several addresses fails once for each, and says nothing of its own
  const said = (message || errors?.[0]?.message || code || 'no answer').replace(
    /^All sentinels are .*Last error: /,
    '',
  )
  if (/No such master|invalid reply: null/.test(said)) return 'the Sentinels know no master of that name'
  if (/Connection is closed/.test(said)) return 'nobody answers there'
  return said.replace(/\.$/, '').slice(0, 160)
}
type Failure = { code: string; message: string; errors: Error[]; lastNodeError: unknown }
