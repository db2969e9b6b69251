import { ConfigError } from '../config/fields.ts'
import { readBlobServerConfig } from '../config.ts'
import { watchEventLoop } from '../event-loop.ts'
import { openLog } from '../log.ts'
import { openSecrets } from '../secrets.ts'
import { diskStore } from './disk.ts'
import { openDiskFolder } from './disk-folder.ts'
import { blobServer } from './disk-server/serve.ts'

/** The process that serves the disk store's files. It needs neither database nor Redis. */
const DAY_MS = 86_400_000
const GRACE_MS = 10_000

async function main(): Promise<void> {
  const config = readBlobServerConfig()
  const name = process.env.PARLEY_NODE ?? 'blob'
  const log = openLog({ process: name })
  const signingKey = openSecrets(config.secret).key('blob')
  const store = diskStore({ url: '', dir: config.dir, signingKey })
  await store.check()
  const folder = await openDiskFolder(config.dir)
  await folder.sweep(DAY_MS)
  let draining = false
  const probed = {
    ...{ name, log, delay: watchEventLoop().delay, draining: () => draining },
    checks: { files: () => store.check() },
  }
  const server = blobServer({ folder, signingKey, origins: config.origins, log, probed })
  server.listen(config.port, config.host, () => log.info('serving files', { port: config.port }))
  server.once('error', (error: NodeJS.ErrnoException) => {
    fail(
      error.code === 'EADDRINUSE'
        ? `Port ${config.port} (PARLEY_BLOB_PORT) is taken.`
        : `Cannot listen: ${error.code}.`,
    )
  })
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => {
      draining = true
      server.close(() => process.exit(0))
      server.closeIdleConnections()
      setTimeout(() => process.exit(0), GRACE_MS).unref()
    })
}

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}

main().catch((error: unknown) => {
  if (error instanceof ConfigError) fail(error.message)
  fail(error instanceof Error && error.name === 'ParleyError' ? error.message : String(error))
})
