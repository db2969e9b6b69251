import { perform } from '@parley/domain'
import { keyOf, type TokenActor } from '@parley/domain/actor'
import { countedAs } from '@parley/domain/client-address'
import { orThrow } from '@parley/domain/refusal'
import { ParleyError } from '@parley/protocol'
import { clientAddress } from '../http/address.ts'
import { errorAnswer, json, toParleyError } from '../http/answer.ts'
import type { Call } from '../http/call.ts'
import type { Route } from '../http/route.ts'
import { allowAnyOrigin } from './cors.ts'
import type { Endpoint } from './endpoint.ts'
import { tellRateLimit } from './rate-limit-headers.ts'
import { readInput } from './read-input.ts'

export const BASE = '/api/v1'

/** The route of one row of the table. Only tokens are taken: a session's cookies count for nothing here. */
export const restRoute = (row: Endpoint): Route => ({
  method: row.method,
  path: BASE + row.path.replace(/\{(\w+)\}/g, ':$1'),
  crossSite: 'only tokens are taken, which no browser sends by itself; cookies are not looked at',
  kind: 'act',
  act: row.act,
  example: row.example,
  async answer(call) {
    const actor = tokenOf(call)
    const { deps } = call.context
    const answer = await answerTo(row, call, actor).catch((e: unknown) =>
      errorAnswer(toParleyError(e, deps.log, `${row.method} ${row.path}`)),
    )
    return dressed(answer, await deps.limiter.standing(row.act.limit, keyOf(actor)))
  },
  async refuse(error, request, context) {
    const answer = errorAnswer(error)
    // RFC 6750 §3: which scheme is asked for, and, when one was tried, that it was no good.
    if (error.code === 'signed_out')
      answer.headers.set(
        'www-authenticate',
        request.headers.has('authorization') ? 'Bearer error="invalid_token"' : 'Bearer',
      )
    const address = clientAddress(request, context)
    return dressed(answer, await context.deps.limiter.standing('badToken', countedAs(address)))
  },
})

function tokenOf({ actor }: Call): TokenActor {
  if (actor.kind === 'token') return actor
  throw new ParleyError('signed_out', 'Send a token: Authorization: Bearer parley_…')
}

async function answerTo(row: Endpoint, call: Call, actor: TokenActor): Promise<Response> {
  const given = await readInput(row, call)
  const result = orThrow(await perform(row.act, actor, row.input(given), call.context.deps))
  return row.answer === null
    ? new Response(null, { status: row.status, headers: { 'cache-control': 'no-store' } })
    : json(row.answer.parse(row.shape(result, given)), row.status)
}

function dressed(answer: Response, standing: Parameters<typeof tellRateLimit>[1]): Response {
  allowAnyOrigin(answer.headers)
  tellRateLimit(answer.headers, standing)
  return answer
}
