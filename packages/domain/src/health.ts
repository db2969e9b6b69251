import { isParleyError } from '@parley/protocol'
import type { Log } from './ports.ts'
import { Late, within } from './within.ts'

/** A part that takes longer than this does not answer. */
const CHECK_MS = 2_000

/** By name, what a process needs in order to serve; each throws when it does not answer. */
export type Checks = Record<string, () => Promise<void>>

/** A process that can be asked how it is. */
export type Probed = {
  name: string
  checks: Checks
  log: Log
  /** How late its event loop runs what is due, in milliseconds. */
  delay(): number
  /** Whether it is about to end. */
  draining(): boolean
  /** What it tells beside that. */
  more?(): Record<string, number | string | object>
}
type Part = { state: 'ok'; ms: number } | { state: 'failed'; says: string }

/**
 * What a probe is answered, or null when that is none: `/health/live` (the process answers), `/health/ready` (it can
 * serve), `/health` (all that is known). Probes are not signed in: they hear names and what is wrong, never where
 * anything is, and no message of a part's own.
 */
export async function probe(path: string, probed: Probed): Promise<{ status: number; body: object } | null> {
  if (path === '/health/live') return { status: 200, body: { status: 'live' } }
  if (path !== '/health/ready' && path !== '/health') return null
  const draining = probed.draining()
  if (draining && path === '/health/ready') return { status: 503, body: { status: 'draining' } }
  const parts = await examine(probed)
  const works = Object.values(parts).every(({ state }) => state === 'ok')
  const status = draining ? 'draining' : works ? 'ready' : 'not ready'
  const code = status === 'ready' ? 200 : 503
  if (path === '/health') return { status: code, body: { status, ...details(probed), parts } }
  const states = Object.fromEntries(Object.entries(parts).map(([name, { state }]) => [name, state]))
  return { status: code, body: { status, parts: states } }
}

const details = ({ name, delay, more }: Probed) => ({
  process: name,
  uptimeSeconds: Math.floor(process.uptime()),
  eventLoopMs: delay(),
  ...more?.(),
})

/** Under way: anybody may ask, as often as they like, and the parts are asked once at a time, and a failure logged once. */
const looks = new WeakMap<Checks, Promise<Record<string, Part>>>()

function examine(probed: Probed): Promise<Record<string, Part>> {
  const under = looks.get(probed.checks)
  if (under) return under
  const look = examineAll(probed).finally(() => looks.delete(probed.checks))
  looks.set(probed.checks, look)
  return look
}

async function examineAll({ checks, log }: Probed): Promise<Record<string, Part>> {
  const parts = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => [name, await examineOne(name, check, log)] as const),
  )
  return Object.fromEntries(parts)
}

async function examineOne(name: string, check: () => Promise<void>, log: Log): Promise<Part> {
  const began = performance.now()
  try {
    await within(CHECK_MS, check())
    return { state: 'ok', ms: Math.round(performance.now() - began) }
  } catch (e) {
    log.error('a part is not ready', e, { part: name })
    return { state: 'failed', says: whatIsWrong(e) }
  }
}

/** Codes of Node and of PostgreSQL (appendix A of its manual). */
const WRONG: Record<string, string> = {
  ECONNREFUSED: 'Nothing listens there.',
  ECONNRESET: 'It hangs up.',
  ENOTFOUND: 'Its name is not known.',
  EAI_AGAIN: 'Its name cannot be looked up.',
  ETIMEDOUT: 'It does not answer.',
  EACCES: 'We may not go in there.',
  ENOSPC: 'It is full.',
  ENOENT: 'It is not there.',
  '28P01': 'It does not let us in.',
  '28000': 'It does not let us in.',
  '3D000': 'The database does not exist.',
  '53300': 'All of its connections are taken.',
  '57P03': 'It is starting or stopping.',
}

/** A sentence of ours: what a driver says may hold an address or a name. */
function whatIsWrong(error: unknown): string {
  if (error instanceof Late) return `It does not answer within ${CHECK_MS / 1_000} seconds.`
  if (isParleyError(error)) return error.message
  for (let e = error; e instanceof Error; e = e.cause) {
    const { code } = e as { code?: unknown }
    if (typeof code === 'string' && WRONG[code]) return WRONG[code]
  }
  return 'It does not work; the log of this process says why.'
}
