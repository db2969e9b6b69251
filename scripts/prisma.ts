import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { atEnd, freePort, leaveNothing, startPostgres, temporaryFolder } from '@parley/devstack'
import { whenAskedToEnd } from './when-asked-to-end.ts'

/**
 * The Prisma command line (`npm run prisma -- generate`), without the native schema engine that it would download:
 * `prisma-engine.ts` answers in its place. `migrate dev` and `migrate diff` get a PostgreSQL that is thrown away
 * afterwards unless DATABASE_URL names one.
 */
const root = path.dirname(import.meta.dirname)
const args = process.argv.slice(2)
leaveNothing()
whenAskedToEnd((code) => process.exit(code))
const work = temporaryFolder('prisma')

const wantsDatabase = args[0] === 'migrate' && (args[1] === 'dev' || args[1] === 'diff')
const server =
  wantsDatabase && !process.env.DATABASE_URL
    ? await startPostgres({ dir: path.join(work.path, 'postgres'), port: await freePort(), durable: false })
    : null
try {
  process.exitCode = await runPrisma()
} finally {
  await server?.stop()
  work.remove()
}

function runPrisma(): Promise<number> {
  const cli = path.join(
    path.dirname(createRequire(import.meta.url).resolve('prisma/package.json')),
    'build/index.js',
  )
  const child = spawn(process.execPath, [cli, ...args], {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      ...(server ? { DATABASE_URL: server.url } : {}),
      PRISMA_SCHEMA_ENGINE_BINARY: engineLauncher(),
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1', // no telemetry
    },
  })
  atEnd(() => child.kill())
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}

/** Prisma wants one executable file, and the engine needs this Node, not whichever comes first on PATH. */
function engineLauncher(): string {
  const launcher = path.join(work.path, 'schema-engine')
  const engine = path.join(root, 'scripts/prisma-engine.ts')
  writeFileSync(launcher, `#!/bin/sh\nexec "${process.execPath}" "${engine}" "$@"\n`, { mode: 0o755 })
  return launcher
}
