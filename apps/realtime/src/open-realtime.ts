import type { Config } from '@parley/adapters/config'
import { openContext } from '@parley/adapters/context'
import { openLog } from '@parley/adapters/log'
import { joinRegistry, type RealtimePlace } from '@parley/adapters/registry/join'
import type { Log } from '@parley/domain/ports'
import { countedHere } from './counted-here.ts'
import { localFirst } from './local-first.ts'
import { measured } from './measured.ts'
import { openNode, type RealtimeNode } from './open-node.ts'
import { watchDatabase } from './watch-database.ts'

/** Beside the writer's one. */
const CONNECTIONS = 12

/** A whole realtime process but for its signals: `close` drains, settles what was accepted, and gives back its lease. */
export async function openRealtime(
  config: Config,
  {
    log = openLog({ process: config.node }),
    ...options
  }: { port: number; host: string; log?: Log; farewellMs?: number | undefined },
): Promise<Pick<RealtimeNode, 'port' | 'connections' | 'holds' | 'close'>> {
  let node: RealtimeNode | null = null
  let place: RealtimePlace | null = null
  const context = await openContext(config, {
    connections: CONNECTIONS,
    log,
    publisher: (remote) =>
      measured(
        localFirst(remote, (parcel) => node?.delivery.parcel(parcel), log),
        () => place?.delivered,
      ),
  })
  try {
    const { redisUrl, redisPrefix: prefix, node: name, trustedProxies } = config
    const { fanout, probed } = context
    const say = async () => place?.say()
    const database = watchDatabase(probed.checks.database!, () => {
      node?.tellHealth()
      void say()
    })
    const deps = { ...context.deps, limiter: countedHere(context.deps.limiter) }
    const { origin } = new URL(config.addresses.web)
    const opened = await openNode({
      ...{
        name,
        deps,
        fanout,
        redis: context.redis,
        redisUrl,
        prefix,
        trustedProxies,
        origin,
        probed,
        ...options,
      },
      ...{ address: config.realtimeUrl, most: config.connections, delay: context.eventLoop.delay },
      ...{ healthy: database.healthy, say },
    })
    node = opened
    place = joinRegistry(context.redis, {
      ...{ node: name, address: config.realtimeUrl, region: config.region },
      ...{ connections: opened.connections, delay: context.eventLoop.delay, state: opened.state, log },
    })
    log.info('listening', { port: opened.port })
    return {
      port: opened.port,
      connections: opened.connections,
      holds: opened.holds,
      async close() {
        await opened.close()
        database.close()
        await place?.leave()
        await context.close()
      },
    }
  } catch (error) {
    await context.close()
    throw error
  }
}
