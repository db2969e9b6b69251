import { describeRedisAddress, parseRedisAddress } from '@parley/adapters/config/redis-address'
import { startMailSink, startPostgres, startRedis } from '@parley/devstack'
import type { Config } from './config.ts'
import { reachDatabase, reachMail, reachRedis, reachStore } from './external.ts'
import type { Home } from './home.ts'
import { keepRunning } from './keep-running.ts'
import { openLog } from './log-file.ts'
import type { Progress } from './progress.ts'
import type { Shutdown } from './shutdown.ts'

export type Parts = { databaseUrl: string; redisUrl: string; smtpUrl: string }
type Context = { config: Config; home: Home; progress: Progress; shutdown: Shutdown }

/** Starts the database, the queue and the mail sink, or makes sure that those of the organisation answer. */
export async function startParts(context: Context): Promise<Parts> {
  const { config, progress } = context
  const databaseUrl = await startDatabase(context)
  const redisUrl = await startQueue(context)
  const smtpUrl = await startMail(context)
  const { store } = config
  if (store) await progress.step(`File store at ${store.endpoint}`, () => reachStore(store.endpoint))
  return { databaseUrl, redisUrl, smtpUrl }
}

async function startDatabase(context: Context): Promise<string> {
  const { config, home, progress } = context
  const { databaseUrl } = config
  if (databaseUrl) {
    await progress.step(`PostgreSQL at ${withoutLogin(databaseUrl)}`, () => reachDatabase(databaseUrl))
    return databaseUrl
  }
  return keepPart(context, 'PostgreSQL', (signal) =>
    startPostgres({
      dir: home.at('postgres'),
      port: config.ports.postgres,
      password: home.passwordFor('postgres'),
      onLine: openLog(home.logs, 'postgres'),
      signal,
    }),
  )
}

async function startQueue(context: Context): Promise<string> {
  const { config, home, progress } = context
  const { redisUrl } = config
  if (redisUrl) {
    const where = describeRedisAddress(parseRedisAddress(redisUrl))
    await progress.step(`Redis at ${where}`, () => reachRedis(redisUrl))
    return redisUrl
  }
  return keepPart(context, 'Redis', () =>
    startRedis({
      dir: home.at('redis'),
      port: config.ports.redis,
      persist: true,
      password: home.passwordFor('redis'),
      onLine: openLog(home.logs, 'redis'),
    }),
  )
}

/** Starts an embedded part, keeps it running, and answers where it is. */
function keepPart(
  { progress, shutdown }: Context,
  name: string,
  startServer: (
    signal: AbortSignal,
  ) => Promise<Awaited<ReturnType<typeof startPostgres | typeof startRedis>>>,
): Promise<string> {
  return progress.step(name, async () => {
    let url = ''
    const kept = await keepRunning({
      name,
      async start(signal) {
        const server = await startServer(AbortSignal.any([signal, shutdown.signal]))
        url = server.url
        return server
      },
      say: progress.say,
      giveUp: shutdown.failed,
    })
    shutdown.add('parts', kept.stop)
    return url
  })
}

async function startMail({ config, home, progress, shutdown }: Context): Promise<string> {
  const { smtpUrl } = config
  if (smtpUrl) {
    await progress.step(`Mail server at ${withoutLogin(smtpUrl)}`, () => reachMail(smtpUrl))
    return smtpUrl
  }
  return progress.step('Mail sink', async () => {
    const sink = await startMailSink({ port: config.ports.mail, folder: home.at('mail') })
    shutdown.add('parts', sink.stop)
    return sink.url
  })
}

function withoutLogin(url: string): string {
  return new URL(url).host
}
