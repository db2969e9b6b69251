import { setTimeout as sleep } from 'node:timers/promises'
import type { ApiContext } from '../context.ts'
import { json } from '../http/answer.ts'
import { open, type Route } from '../http/route.ts'

/** A part that takes longer than this does not answer. */
const CHECK_MS = 2_000

export const healthRoutes: Route[] = [
  open(
    { method: 'GET', path: '/health/live' },
    'probes are not signed in; it says only that this process answers',
    async () => json({ status: 'live' }),
  ),
  open(
    { method: 'GET', path: '/health/ready' },
    'probes are not signed in; it names parts and whether they answer, never where they are',
    async (_, context) => {
      const parts = await checkAll(context)
      const ready = Object.values(parts).every((state) => state === 'ok')
      return json({ status: ready ? 'ready' : 'not ready', parts }, ready ? 200 : 503)
    },
  ),
]

async function checkAll({ checks, deps }: ApiContext): Promise<Record<string, 'ok' | 'failed'>> {
  const states = Object.entries(checks).map(async ([name, check]) => {
    try {
      const late = new AbortController()
      await Promise.race([
        check(),
        sleep(CHECK_MS, undefined, { signal: late.signal }).then(() => {
          throw new Error(`no answer within ${CHECK_MS} ms`)
        }),
      ]).finally(() => late.abort())
      return [name, 'ok'] as const
    } catch (e) {
      deps.log.error('a part is not ready', e, { part: name })
      return [name, 'failed'] as const
    }
  })
  return Object.fromEntries(await Promise.all(states))
}
