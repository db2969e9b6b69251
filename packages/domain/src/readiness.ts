import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from './ports.ts'

/** A part that takes longer than this does not answer. */
const CHECK_MS = 2_000

/** By name, what a process needs in order to serve; each throws when it does not answer. */
export type Checks = Record<string, () => Promise<void>>
export type Readiness = { ready: boolean; parts: Record<string, 'ok' | 'failed'> }

/** Asks every part. Names parts and whether they answer, never where they are: probes are not signed in. */
export async function readiness(checks: Checks, log: Log): Promise<Readiness> {
  const states = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => [name, await state(name, check, log)] as const),
  )
  return { ready: states.every(([, one]) => one === 'ok'), parts: Object.fromEntries(states) }
}

async function state(name: string, check: () => Promise<void>, log: Log): Promise<'ok' | 'failed'> {
  const late = new AbortController()
  const lateness = sleep(CHECK_MS, undefined, { signal: late.signal }).then(() => {
    throw new Error(`no answer within ${CHECK_MS} ms`)
  })
  try {
    await Promise.race([check(), lateness])
    return 'ok'
  } catch (e) {
    log.error('a part is not ready', e, { part: name })
    return 'failed'
  } finally {
    lateness.catch(() => {})
    late.abort()
  }
}
