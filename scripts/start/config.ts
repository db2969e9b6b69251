import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { BadRedisAddress, parseRedisAddress } from '@parley/adapters/config/redis-address'
import { CannotStart, canEnter, unprivilegedAccount } from '@parley/devstack'
import { type Asked, NOTHING_ASKED } from './arguments.ts'
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
/** Realtime processes unless somebody asks for another number: one a core, and two so that one can be missed. */
const FEWEST_REALTIME = 2
const MOST_BY_ITSELF = 8
const ROOTS_HOME = '/var/lib/parley'

/** @throws CannotStart for whatever cannot be meant, in one sentence that says what to do */
export function readConfig(root: string, env: Environment, asked: Asked = NOTHING_ASKED): Config {
  if (env.PARLEY_SECRET && env.PARLEY_SECRET.length < SHORTEST_SECRET) {
    throw new CannotStart(
      `PARLEY_SECRET is too short: it needs at least ${SHORTEST_SECRET} random characters.`,
    )
  }
  const databaseUrl = readUrl('DATABASE_URL', env.DATABASE_URL, ['postgres:', 'postgresql:'])
  const realtime = asked.realtime ?? usualRealtime()
  return {
    root,
    home: env.PARLEY_HOME ? path.resolve(root, env.PARLEY_HOME) : defaultHome(root, databaseUrl === null),
    host: env.PARLEY_HOST || '127.0.0.1',
    ports: portsFrom(readPort(env.PARLEY_PORT, realtime), realtime),
    demo: asked.demo,
    databaseUrl,
    redisUrl: readRedis(env.REDIS_URL),
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

function usualRealtime(): number {
  return Math.min(Math.max(availableParallelism(), FEWEST_REALTIME), MOST_BY_ITSELF)
}

function readPort(text: string | undefined, realtime: number): number {
  const port = text ? Number(text) : DEFAULT_PORT
  if (!Number.isInteger(port) || port < 1024 || port > 65_400) {
    throw new CannotStart(`PARLEY_PORT is "${text}": it must be a whole number from 1024 to 65400.`)
  }
  const unsafe = unsafePort(port, realtime)
  if (unsafe === undefined) return port
  let better = unsafe + 1
  while (unsafePort(better, realtime) !== undefined) better += 1
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

function readRedis(text: string | undefined): string | null {
  if (!text) return null
  try {
    parseRedisAddress(text)
    return text
  } catch (error) {
    throw error instanceof BadRedisAddress ? new CannotStart(`REDIS_URL ${error.message}.`) : error
  }
}

function readStore(env: Environment): Store | null {
  const endpoint = readUrl('S3_ENDPOINT', env.S3_ENDPOINT, ['http:', 'https:'])
  if (!endpoint) return null
  for (const name of ['S3_BUCKET', 'S3_ACCESS_KEY', 'S3_SECRET_KEY']) {
    if (!env[name]) throw new CannotStart(`S3_ENDPOINT is set and ${name} is not: an S3 store needs both.`)
  }
  return { endpoint, bucket: env.S3_BUCKET ?? '' }
}
