import { open, type Route } from '../http/route.ts'
import { preflight } from '../rest/cors.ts'
import { BASE, restRoute } from '../rest/rest-route.ts'
import { ENDPOINTS } from '../rest/table.ts'

/** REST v1: the table, and what describes it. */
export const restRoutes: Route[] = [
  ...ENDPOINTS.map(restRoute),
  open(
    { method: 'OPTIONS', path: `${BASE}/*` },
    'browsers ask before they call, and send no token with the question',
    async () => preflight(),
  ),
]
