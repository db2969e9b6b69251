import { openContext } from '@parley/adapters/context'
import { listen } from '@parley/adapters/listen'
import { runProcess } from '@parley/adapters/process'
import { closeServer, DATABASE_SILENT_MS, pageServer } from '@parley/api/node/serve'
import next from 'next'

/** The web client's process: its pages by Next.js, and the API beside them. */
await runProcess(async (config) => {
  const port = config.port ?? 3000
  const context = await openContext(config, { silentMs: DATABASE_SILENT_MS })
  const app = next({
    dir: import.meta.dirname,
    dev: process.argv.includes('--dev'),
    port,
    hostname: config.host,
  })
  await app.prepare()
  const { deps, probed } = context
  const server = pageServer({ deps, probed, trustedProxies: config.trustedProxies }, app.getRequestHandler())
  await listen(server, port, config.host)
  return {
    async close() {
      context.drain()
      await closeServer(server)
      await app.close()
      await context.close()
    },
  }
})
