import type { KeyObject } from 'node:crypto'
import { type Database, openDatabase } from '@parley/db'
import type { Deps } from '@parley/domain/deps'
import type { Probed } from '@parley/domain/health'
import { messageWriter } from '@parley/domain/messages/writer'
import type { BlobStore, Log, Publisher } from '@parley/domain/ports'
import { diskStore } from './blob/disk.ts'
import { s3Store } from './blob/s3.ts'
import type { Config } from './config.ts'
import { type EventLoop, watchEventLoop } from './event-loop.ts'
import { type FanoutPublisher, fanoutPublisher } from './fanout/publisher.ts'
import { redisLimiter } from './limiter.ts'
import { openLog } from './log.ts'
import { smtpMailer } from './mail.ts'
import { media } from './media.ts'
import { leaseNode } from './node-lease.ts'
import { fcmPusher } from './push.ts'
import { openQueue } from './queue/index.ts'
import { closeRedis, openRedis, type Redis } from './redis.ts'
import { redisRegistry } from './registry/read.ts'
import { samlSso } from './saml.ts'
import { openSecrets } from './secrets.ts'

export type Context = {
  deps: Deps
  redis: Redis
  /** Tells the realtime nodes, and nobody else. */
  fanout: FanoutPublisher
  eventLoop: EventLoop
  /** For probes; it says that it drains from `drain` on. */
  probed: Probed
  drain(): void
  /** Everything accepted is settled and handed on before anything is closed. */
  close(): Promise<void>
}

type Options = {
  /** Connections to the database that this process may have open, beside the writer's one. */
  connections?: number
  /** People wait for its answers: after so many milliseconds of silence it is found out whether the database is there. */
  silentMs?: number
  /** Stands in front of the publisher to the other processes: a realtime node serves its own members first. */
  publisher?: (remote: Publisher) => Publisher
  /** Instead of standard output. */
  log?: Log
}

/**
 * Everything that a process hands to the domain, built once: the only place where the adapters are named.
 * @throws RedisUnreachable, or what the queue or the lease says; nothing is left open then
 */
export async function openContext(config: Config, options: Options = {}): Promise<Context> {
  const { node: name, redisUrl, redisPrefix } = config
  const log = options.log ?? openLog({ process: name })
  const opened: (() => Promise<void>)[] = []
  const closing = async () => {
    for (const close of opened.splice(0).reverse()) await close()
  }
  try {
    const redis = await openRedis(redisUrl, { name, keyPrefix: redisPrefix, log })
    opened.push(() => closeRedis(redis))
    const lease = await leaseNode(redis, { name, log })
    opened.push(() => lease.release())
    const queue = await openQueue({ redisUrl, redisPrefix, name, log })
    opened.push(() => queue.close())
    const db: Database = openDatabase(config.databaseUrl, {
      ...{ max: options.connections ?? 10, name, silentMs: options.silentMs },
    })
    opened.push(() => db.close())
    const mailer = smtpMailer(config.mail)
    opened.push(() => mailer.close())
    const pusher = fcmPusher(config.push)
    opened.push(() => pusher.close())
    const secrets = openSecrets(config.secret)
    const blobs = openStore(config, secrets.key('blob'))
    const fanout = fanoutPublisher({ redis, prefix: redisPrefix, origin: name, log })
    opened.push(async () => fanout.stop())
    let draining = false
    const eventLoop = watchEventLoop()
    opened.push(async () => eventLoop.close())
    const base: Omit<Deps, 'messages'> = {
      ...{ db, queue, blobs, mailer, pusher, media, secrets, log },
      newId: lease.newId,
      now: () => new Date(),
      limiter: redisLimiter(redis, log),
      publisher: options.publisher?.(fanout) ?? fanout,
      saml: samlSso({ addresses: config.addresses, now: () => new Date() }),
      addresses: config.addresses,
      registry: redisRegistry(redis),
      region: config.region,
    }
    const messages = messageWriter(base)
    opened.push(() => messages.drain())
    return {
      deps: { ...base, messages },
      redis,
      fanout,
      eventLoop,
      probed: {
        ...{ name, log, delay: eventLoop.delay, draining: () => draining },
        checks: { database: () => db.ping(), redis: () => answers(redis), files: () => blobs.check() },
      },
      drain() {
        draining = true
      },
      close: closing,
    }
  } catch (error) {
    await closing()
    throw error
  }
}

const openStore = ({ store }: Config, signingKey: KeyObject): BlobStore =>
  store.kind === 's3' ? s3Store(store) : diskStore({ url: store.url, dir: store.dir, signingKey })

async function answers(redis: Redis): Promise<void> {
  await redis.ping()
}
