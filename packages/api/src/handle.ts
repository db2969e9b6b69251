import { ParleyError } from '@parley/protocol'
import type { ApiContext } from './context.ts'
import { errorAnswer, toParleyError } from './http/answer.ts'
import { bearerOf, openCall, ourCookies } from './http/call.ts'
import { find, methodsAt } from './http/match.ts'
import { checkOrigin } from './http/origin.ts'
import type { Route } from './http/route.ts'
import { routes } from './routes.ts'

/**
 * Answers every request that is not for a page: the one door of the API, in web and console alike.
 * Never throws: what goes wrong becomes `{ error: { code, message, field } }` with its status.
 */
export async function handle(request: Request, context: ApiContext): Promise<Response> {
  const path = new URL(request.url).pathname
  const found = find(routes, request.method, path)
  try {
    if (!found) return notThere(request.method, path)
    return await answer(found, request, context)
  } catch (e) {
    const where = found ? `${request.method} ${found.route.path}` : ''
    const error = toParleyError(e, context.deps.log, where)
    return found?.route.refuse ? found.route.refuse(error, request, context) : errorAnswer(error)
  }
}

async function answer(
  { route, params }: { route: Route; params: Record<string, string> },
  request: Request,
  context: ApiContext,
): Promise<Response> {
  if (!route.crossSite && bearerOf(request) === null) {
    const { access, refresh } = ourCookies(request.headers, context)
    checkOrigin(request, context, access !== null || refresh !== null)
  }
  if (route.kind === 'open') return route.answer(request, context)
  return route.answer(await openCall(request, params, context))
}

/** Nothing is there, or it is asked otherwise (RFC 9110 §15.5.6). */
function notThere(method: string, path: string): Response {
  const methods = methodsAt(routes, path).join(', ')
  if (!methods) throw new ParleyError('not_found', 'There is nothing at this address.')
  const answer = errorAnswer(new ParleyError('wrong_method', `This address takes ${methods}, not ${method}.`))
  answer.headers.set('allow', methods)
  return answer
}
