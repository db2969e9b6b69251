import { existsSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { CannotStart, canEnter, unprivilegedAccount } from '@parley/devstack'
import { type Ports, portsFrom, unsafePort } from './ports.ts'

export type Store = { endpoint: string; bucket: string }

/** What the person asked for, checked as far as it can be without touching anything. */
export type Config = {
  root: string
  home: string
  host: string
  ports: Ports
  demo: boolean
  /** Where these are null, the embedded part is started. */
  databaseUrl: string | null
  redisUrl: string | null
  smtpUrl: string | null
  store: Store | null
}

type Environment = Record<string, string | undefined>

const DEFAULT_PORT = 3000
/** As every process of the suite demands. */
const SHORTEST_SECRET = 32
const ROOTS_HOME = '/var/lib/parley'

/** @throws CannotStart for whatever cannot be meant, in one sentence that says what to do */
export function readConfig(root: string, env: Environment, args: string[]): Config {
  if (env.PARLEY_SECRET && env.PARLEY_SECRET.length < SHORTEST_SECRET) {
    throw new CannotStart(
      `PARLEY_SECRET is too short: it needs at least ${SHORTEST_SECRET} random characters.`,
    )
  }
  const databaseUrl = readUrl('DATABASE_URL', env.DATABASE_URL, ['postgres:', 'postgresql:'])
  return {
    root,
    home: env.PARLEY_HOME ? path.resolve(root, env.PARLEY_HOME) : defaultHome(root, databaseUrl === null),
    host: env.PARLEY_HOST || '127.0.0.1',
    ports: portsFrom(readPort(env.PARLEY_PORT)),
    demo: readDemo(args),
    databaseUrl,
    redisUrl: readUrl('REDIS_URL', env.REDIS_URL, ['redis:', 'rediss:']),
    smtpUrl: readUrl('SMTP_URL', env.SMTP_URL, ['smtp:', 'smtps:']),
    store: readStore(env),
  }
}

/**
 * `.parley` in the checkout: the data of a checkout go with it. Only where PostgreSQL, which does not run as root,
 * could not enter that (a checkout in /root), root's data lie in /var/lib/parley.
 */
function defaultHome(root: string, embedded: boolean): string {
  const home = path.join(root, '.parley')
  if (!embedded || process.getuid?.() !== 0 || existsSync(path.join(home, 'secret'))) return home
  return canEnter(unprivilegedAccount(), root) ? home : ROOTS_HOME
}

function readDemo(args: string[]): boolean {
  try {
    return parseArgs({ args, options: { demo: { type: 'boolean', default: false } } }).values.demo
  } catch {
    throw new CannotStart(
      `"${args.join(' ')}" is not understood: the one option is --demo (npm start -- --demo).`,
    )
  }
}

function readPort(text: string | undefined): number {
  if (!text) return DEFAULT_PORT
  const port = Number(text)
  if (!Number.isInteger(port) || port < 1024 || port > 65_500) {
    throw new CannotStart(`PARLEY_PORT is "${text}": it must be a whole number from 1024 to 65500.`)
  }
  const unsafe = unsafePort(port)
  if (unsafe === undefined) return port
  let better = unsafe + 1
  while (unsafePort(better) !== undefined) better += 1
  throw new CannotStart(
    `PARLEY_PORT is ${port}, and browsers refuse port ${unsafe}, which it leads to: choose another, such as ${better}.`,
  )
}

function readUrl(name: string, text: string | undefined, protocols: string[]): string | null {
  if (!text) return null
  const url = URL.canParse(text) ? new URL(text) : null
  if (url && protocols.includes(url.protocol) && url.hostname) return text
  throw new CannotStart(
    `${name} is not an address that begins with ${protocols.map((p) => `${p}//`).join(' or ')}.`,
  )
}

function readStore(env: Environment): Store | null {
  const endpoint = readUrl('S3_ENDPOINT', env.S3_ENDPOINT, ['http:', 'https:'])
  if (!endpoint) return null
  for (const name of ['S3_BUCKET', 'S3_ACCESS_KEY', 'S3_SECRET_KEY']) {
    if (!env[name]) throw new CannotStart(`S3_ENDPOINT is set and ${name} is not: an S3 store needs both.`)
  }
  return { endpoint, bucket: env.S3_BUCKET ?? '' }
}
