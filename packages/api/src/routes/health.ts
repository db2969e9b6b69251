import { readiness } from '@parley/domain/readiness'
import { json } from '../http/answer.ts'
import { open, type Route } from '../http/route.ts'

export const healthRoutes: Route[] = [
  open(
    { method: 'GET', path: '/health/live' },
    'probes are not signed in; it says only that this process answers',
    async () => json({ status: 'live' }),
  ),
  open(
    { method: 'GET', path: '/health/ready' },
    'probes are not signed in; it names parts and whether they answer, never where they are',
    async (_, { checks, deps }) => {
      const { ready, parts } = await readiness(checks, deps.log)
      return json({ status: ready ? 'ready' : 'not ready', parts }, ready ? 200 : 503)
    },
  ),
]
