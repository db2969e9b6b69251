import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { CannotStart } from '@parley/devstack'
import { readConfig } from './config.ts'

/** What the tools need to know of the suite that runs: how to reach its parts, and its secret. */
const FILE = 'environment.json'
const SHARED = [
  ...['PARLEY_SECRET', 'DATABASE_URL', 'REDIS_URL', 'SMTP_URL'],
  ...['PARLEY_WEB_URL', 'PARLEY_CONSOLE_URL', 'PARLEY_REALTIME_URLS'],
  ...['PARLEY_BLOB_URL', 'PARLEY_BLOB_DIR', 'PARLEY_BLOB_PORT'],
] as const

/** Left in the data folder, for its owner's eyes only, as long as the suite runs. @returns what takes it away again */
export function leaveEnvironment(home: string, env: NodeJS.ProcessEnv): () => void {
  const file = path.join(home, FILE)
  rmSync(file, { force: true })
  const shared = Object.fromEntries(SHARED.flatMap((name) => (env[name] ? [[name, env[name]]] : [])))
  writeFileSync(file, `${JSON.stringify(shared, null, 2)}\n`, { mode: 0o600 })
  return () => rmSync(file, { force: true })
}

/**
 * For `npm run import` and the other tools: the environment that the processes of the running suite have. What is
 * set in our own goes before it.
 * @throws CannotStart when nothing runs on PARLEY_HOME and DATABASE_URL and REDIS_URL are not both set
 */
export function runningSuite(root: string, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (env.DATABASE_URL && env.REDIS_URL && env.PARLEY_SECRET) return env
  const { home } = readConfig(root, env)
  const file = path.join(home, FILE)
  if (!existsSync(file)) {
    throw new CannotStart(
      `Parley is not running on ${home}: start it with "npm start" first, or set PARLEY_HOME.`,
    )
  }
  return { ...(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>), ...env }
}
