import { createServer } from 'node:http'
import { openContext } from '@parley/adapters/context'
import { healthListener } from '@parley/adapters/health'
import { listen } from '@parley/adapters/listen'
import { runProcess } from '@parley/adapters/process'
import { runSchedule, runWorkers } from '@parley/adapters/queue/index'
import { circuitsOf, joinWorkers } from '@parley/adapters/registry/join-workers'
import { doJob } from '@parley/domain/outbox/do-job'
import { handlers } from './handlers.ts'
import { schedule } from './schedule.ts'

/** The process that does what need not be done while somebody waits. */
await runProcess(async (config) => {
  const context = await openContext(config)
  const { deps, probed } = context
  const connection = {
    redisUrl: config.redisUrl,
    redisPrefix: config.redisPrefix,
    name: config.node,
    log: deps.log,
  }
  const workers = await runWorkers(handlers(deps), (job, work) => doJob(deps, job, work), connection)
  const turns = await runSchedule(schedule(deps), connection)
  const place = joinWorkers(context.redis, { node: config.node, deps })
  const server = createServer(healthListener({ ...probed, more: () => ({ circuits: circuitsOf(deps) }) }))
  await listen(server, config.port ?? 3004, config.host)
  return {
    async close() {
      context.drain()
      await place.leave()
      await turns.close()
      await workers.close()
      server.close()
      server.closeAllConnections()
      await context.close()
    },
  }
})
