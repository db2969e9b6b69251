import type { Actor } from '@parley/domain'
import { ERRORS, isParleyError } from '@parley/protocol'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import type { ApiContext } from '../context.ts'
import { toParleyError } from '../http/answer.ts'
import { readBody, requireJson } from '../http/body.ts'
import { actorOf } from '../http/call.ts'
import { open, type Route } from '../http/route.ts'
import { appRouter } from '../routers/index.ts'
import { BATCH } from '../trpc.ts'

const ENDPOINT = '/api/trpc'
const BECAUSE = 'every procedure behind it is built from an act, which decides by itself'

export const trpcRoutes: Route[] = (['GET', 'POST'] as const).map((method) =>
  open({ method, path: `${ENDPOINT}/*` }, BECAUSE, answer),
)

async function answer(request: Request, context: ApiContext): Promise<Response> {
  return fetchRequestHandler({
    endpoint: ENDPOINT,
    router: appRouter,
    req: await bounded(request),
    maxBatchSize: BATCH,
    createContext: async () => ({ actor: await whoAsks(request, context), deps: context.deps }),
    onError({ error, path }) {
      if (!isParleyError(error.cause) && error.code === 'INTERNAL_SERVER_ERROR')
        context.deps.log.error('a procedure failed', error, { path: path ?? '' })
    },
    responseMeta({ errors }) {
      const headers = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }
      const [only, ...more] = errors
      const said = more.length === 0 && isParleyError(only?.cause) ? only.cause : null
      if (!said) return { headers }
      return {
        status: ERRORS[said.code].status,
        headers: said.retryAfter ? { ...headers, 'retry-after': String(said.retryAfter) } : headers,
      }
    },
  })
}

/** In here, so that it is refused in the words of tRPC, which its clients can read. */
async function whoAsks(request: Request, context: ApiContext): Promise<Actor> {
  try {
    return await actorOf(request, context)
  } catch (e) {
    throw toParleyError(e, context.deps.log, ENDPOINT)
  }
}

/** The same request with a body that has been read within bounds. */
async function bounded(request: Request): Promise<Request> {
  if (request.method === 'GET') return request
  const { url, method, headers, signal } = request
  const body = await readBody(request)
  requireJson(request)
  return new Request(url, { method, headers, signal, body })
}
