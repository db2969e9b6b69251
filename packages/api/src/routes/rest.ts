import type { ApiContext } from '../context.ts'
import { json } from '../http/answer.ts'
import { open, type Route } from '../http/route.ts'
import { allowAnyOrigin, preflight } from '../rest/cors.ts'
import { docsAnswer } from '../rest/docs/answer.ts'
import { openApiDocument } from '../rest/open-api/document.ts'
import { BASE, restRoute } from '../rest/rest-route.ts'
import { ENDPOINTS } from '../rest/table.ts'

const describe = ({ deps }: ApiContext) => openApiDocument(new URL(BASE, deps.addresses.web).href)

/** REST v1: the table, and what describes it. */
export const restRoutes: Route[] = [
  ...ENDPOINTS.map(restRoute),
  open(
    { method: 'GET', path: `${BASE}/openapi.json` },
    'it describes the interface, which is the same everywhere, and nothing that is in it',
    async (_, context) => {
      const answer = json(describe(context))
      allowAnyOrigin(answer.headers)
      return answer
    },
  ),
  open({ method: 'GET', path: `${BASE}/docs` }, 'the same description, for people', async (_, context) =>
    docsAnswer(describe(context)),
  ),
  open(
    { method: 'OPTIONS', path: `${BASE}/*` },
    'browsers ask before they call, and send no token with the question',
    async () => preflight(),
  ),
]
