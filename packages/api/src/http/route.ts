import { type Act, perform } from '@parley/domain'
import { orThrow, type Refusal } from '@parley/domain/refusal'
import type { ParleyError } from '@parley/protocol'
import type { ApiContext } from '../context.ts'
import { json } from './answer.ts'
import type { Call } from './call.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'
type Where = {
  method: Method
  /** Exact parts, `:name` for one part, `*` at the end for the rest. */
  path: string
  /** Why pages of others may post here with a browser of ours; absent: they may not. */
  crossSite?: string
  /** How this surface words a refusal that comes before its own answer; absent: like every other. */
  refuse?(error: ParleyError, request: Request, context: ApiContext): Promise<Response>
}

/** One row of the table of routes: built from an act, or open for a reason that is written down. */
export type Route = Where &
  (
    | {
        kind: 'act'
        act: Act
        /** A body that the route's own shape takes, or a query for a GET: for the walk over all routes. */
        example?: unknown
        answer(call: Call): Promise<Response>
      }
    | { kind: 'open'; because: string; answer(request: Request, context: ApiContext): Promise<Response> }
  )

/**
 * A route that performs one act. `input` reads the act's input from the request; `answer` shapes what came of it, and is
 * handed no refusal.
 */
export const route = <Input, Result>(
  where: Where,
  act: Act<Input, Result>,
  shape: {
    input(call: Call): unknown | Promise<unknown>
    answer?(result: Exclude<Result, Refusal>, call: Call): Response | Promise<Response>
  },
): Route => ({
  ...where,
  kind: 'act',
  act,
  async answer(call) {
    const result = orThrow(await perform(act, call.actor, await shape.input(call), call.context.deps))
    return shape.answer ? shape.answer(result, call) : json(result)
  },
})

/** A route without an act of its own. */
export const open = (
  where: Where,
  because: string,
  answer: (request: Request, context: ApiContext) => Promise<Response>,
): Route => ({ ...where, kind: 'open', because, answer })
