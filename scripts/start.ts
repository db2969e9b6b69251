import { spawn } from 'node:child_process'
import path from 'node:path'
import { migrate } from '@parley/db/migrate'
import { CannotStart } from '@parley/devstack'
import { readOrExit } from './arguments.ts'
import { readArguments, USAGE } from './start/arguments.ts'
import { build } from './start/build.ts'
import { type Config, readConfig } from './start/config.ts'
import { startParts } from './start/embedded.ts'
import { addresses, environment } from './start/environment.ts'
import { type Home, openHome } from './start/home.ts'
import { lockFolder } from './start/lock.ts'
import { requireFreePorts } from './start/ports.ts'
import { openProgress, type Progress } from './start/progress.ts'
import { leaveEnvironment } from './start/running-suite.ts'
import { services, startService } from './start/services.ts'
import { openShutdown, type Shutdown } from './start/shutdown.ts'
import { whenAskedToEnd } from './when-asked-to-end.ts'

/**
 * `npm start`: the whole suite on one machine. Every step says what it does; the first that cannot be taken stops all
 * those before it and ends with one sentence and exit code 1; 2 for a wrong call.
 */
const root = path.dirname(import.meta.dirname)
const asked = readOrExit(USAGE, process.argv.slice(2), readArguments)
const shutdown = openShutdown()
const progress = openProgress(process.stdout, shutdown.signal)
listenForTheEnd()

const reason = await run().then(
  () => shutdown.wanted,
  (error: unknown) => (shutdown.signal.aborted ? shutdown.wanted : error),
)
if (reason === null) progress.say('\nStopping …')
await shutdown.run()
if (reason instanceof CannotStart) console.error(`\n${reason.message}`)
else if (reason !== null)
  console.error('\nParley could not start, for a reason that it did not foresee:', reason)
else progress.say('Everything has stopped. The data stay.')
process.exit(reason === null ? 0 : 1)

async function run(): Promise<void> {
  const config = readConfig(root, process.env, asked)
  const home = openHome(config.home)
  const public_ = addresses(config, process.env)
  const lock = await lockFolder(home.folder, 'running', `process ${process.pid}, ${public_.web}`)
  if ('heldBy' in lock) {
    throw new CannotStart(
      `Parley is already running on ${home.folder} (${lock.heldBy}): stop it, or set PARLEY_HOME.`,
    )
  }
  shutdown.add('home', async () => lock.release())
  await requireFreePorts(listeners(config))
  const parts = await startParts({ config, home, progress, shutdown })
  const env = environment(config, home, parts, process.env)
  await applyMigrations(parts.databaseUrl)
  await progress.step('Build', (detail) => build({ root, logs: home.logs, detail, signal: shutdown.signal }))
  const takeAway = leaveEnvironment(home.folder, env)
  shutdown.add('home', async () => takeAway())
  const context = { env, logs: home.logs, progress, shutdown }
  await startAll(config, context)
  if (config.demo) await makeSampleOrganisation(env)
  tell(config, home)
  await shutdown.wanted
}

function listeners(config: Config) {
  const embedded = [
    { port: config.ports.mail, purpose: 'mail sink', host: '127.0.0.1', replaced: config.smtpUrl },
    { port: config.ports.postgres, purpose: 'PostgreSQL', host: '127.0.0.1', replaced: config.databaseUrl },
    { port: config.ports.redis, purpose: 'Redis', host: '127.0.0.1', replaced: config.redisUrl },
  ].filter((part) => !part.replaced)
  return [
    ...services(config, process.env).map(({ port, title, host }) => ({
      port,
      purpose: title.toLowerCase(),
      host,
    })),
    ...embedded,
  ]
}

async function applyMigrations(databaseUrl: string): Promise<void> {
  await progress.step('Database schema', async (detail) => {
    try {
      await migrate(databaseUrl, detail)
    } catch (error) {
      throw new CannotStart(
        `The database schema could not be brought up to date: ${(error as Error).message}`,
      )
    }
  })
}

/** All at once; they are shown one after the other. */
async function startAll(
  config: Config,
  context: { env: NodeJS.ProcessEnv; logs: string; progress: Progress; shutdown: Shutdown },
) {
  const starting = services(config, process.env).map((service) => ({
    service,
    started: startService(service, context),
  }))
  for (const { started } of starting) started.catch(() => {}) // told by the step below
  try {
    for (const { service, started } of starting) await progress.step(service.title, () => started)
  } catch (error) {
    // the others must be ready, or gone, before everything stops
    shutdown.failed(error instanceof CannotStart ? error : new CannotStart(String(error)))
    await Promise.allSettled(starting.map(({ started }) => started))
    throw error
  }
}

/** Says by itself what it made, and a sign-in for each role. */
async function makeSampleOrganisation(env: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(process.execPath, [path.join(root, 'scripts/seed.ts'), '--demo'], {
    cwd: root,
    env,
    stdio: 'inherit',
  })
  const stop = () => child.kill('SIGTERM')
  shutdown.signal.addEventListener('abort', stop)
  const code = await new Promise((resolve) => child.once('close', resolve))
  shutdown.signal.throwIfAborted()
  if (code !== 0)
    throw new CannotStart('The sample organisation could not be made; what went wrong stands above.')
}

function tell(config: Config, home: Home): void {
  const { web, console: administration } = addresses(config, process.env)
  const mail = config.smtpUrl ? '' : `\n  Mail        kept in ${home.at('mail')}`
  const first = home.fresh && !config.demo ? '\nThe first visit to the web client creates the owner.' : ''
  progress.say(`
Parley is ready.

  Web client  ${web}
  Console     ${administration}${mail}
  Data, logs  ${home.folder}
${first}
Ctrl-C stops everything.`)
}

/** A second Ctrl-C does not wait. */
function listenForTheEnd(): void {
  let times = 0
  whenAskedToEnd(() => {
    times += 1
    if (times > 1) process.exit(1) // the guards end what is left
    shutdown.asked()
  })
}
