import { type Act, type Actor, perform } from '@parley/domain'
import type { Command, Grouped, Query } from '@parley/domain/command'
import type { Deps } from '@parley/domain/deps'
import { orThrow, type Refusal } from '@parley/domain/refusal'
import { ERRORS, isParleyError, type ParleyError } from '@parley/protocol'
import { initTRPC, TRPCError } from '@trpc/server'
import { toParleyError } from './http/answer.ts'

/** Calls in one request; each counts in its own rate limit. */
export const BATCH = 20

export type TrpcContext = { actor: Actor; deps: Deps }
/** The act that a procedure performs, so that a walk over the router can prove that there is one. */
export type TrpcMeta = { act: string }

/** What a client finds in `error.data`. */
export type TrpcErrorData = {
  code: ParleyError['code']
  message: string
  field?: string
  retryAfter?: number
}

const t = initTRPC
  .context<TrpcContext>()
  .meta<TrpcMeta>()
  .create({
    errorFormatter({ shape, error }) {
      const said = isParleyError(error.cause) ? error.cause : null
      const data: TrpcErrorData = said
        ? {
            code: said.code,
            message: said.message,
            ...(said.field && { field: said.field }),
            ...(said.retryAfter && { retryAfter: said.retryAfter }),
          }
        : (REFUSED[error.code] ?? { code: 'bad_input', message: MALFORMED })
      return { code: shape.code, message: data.message, data }
    },
  })

/** What tRPC refuses by itself, before there is an act to ask. Its own words may tell of our insides. */
const MALFORMED = `The call cannot be read: it is JSON, the input of one procedure, or with ?batch=1 an object of inputs by number, at most ${BATCH}.`
const REFUSED: Partial<Record<TRPCError['code'], TrpcErrorData>> = {
  NOT_FOUND: { code: 'not_found', message: 'There is no such procedure.' },
  METHOD_NOT_SUPPORTED: {
    code: 'wrong_method',
    message: 'The procedure is called with the other method: questions with GET, changes with POST.',
  },
  INTERNAL_SERVER_ERROR: { code: 'internal', message: ERRORS.internal.says },
}

/** Routers are put together from procedures; there is no other way to make a procedure than from an act. */
export const { router } = t

const performing =
  <I, R>(act: Act<I, R>) =>
  async ({ ctx, input }: { ctx: TrpcContext; input: unknown }): Promise<Exclude<R, Refusal>> => {
    try {
      return orThrow(await perform(act, ctx.actor, input, ctx.deps))
    } catch (e) {
      const cause = toParleyError(e, ctx.deps.log, act.name)
      throw new TRPCError({ code: CODES[ERRORS[cause.code].status], message: cause.message, cause })
    }
  }

/** What a client hands over; nothing, where nothing need be said. */
type Handed<I> = Record<string, never> extends I ? I | undefined : I

/** Only names the type: the act itself parses, strictly, and is the only one to. */
const inputOf =
  <I, R>(_: Act<I, R>) =>
  (raw: unknown) =>
    (raw ?? {}) as Handed<I>

const asking = <I, S, R>(act: Query<I, S, R>) =>
  t.procedure.meta({ act: act.name }).input(inputOf(act)).query(performing(act))
const sending = <I, S, R>(act: Command<I, S, R> | Grouped<I, S, R> | Query<I, S, R>) =>
  t.procedure.meta({ act: act.name }).input(inputOf(act)).mutation(performing(act))

/** The one way to make a procedure: a question becomes a tRPC query (GET), a change a mutation (POST). */
export function procedure<I, S, R>(act: Query<I, S, R>): ReturnType<typeof asking<I, S, R>>
export function procedure<I, S, R>(
  act: Command<I, S, R> | Grouped<I, S, R>,
): ReturnType<typeof sending<I, S, R>>
export function procedure<I, S, R>(act: Command<I, S, R> | Grouped<I, S, R> | Query<I, S, R>) {
  return act.kind === 'query' ? asking(act) : sending(act)
}

/** A question whose input is too long for an address: sent like a change. */
export const posted = <I, S, R>(act: Query<I, S, R>) => sending(act)

/** tRPC has no name for some of our statuses; the answer's own status is set beside it. */
const CODES = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_SUPPORTED',
  409: 'CONFLICT',
  410: 'NOT_FOUND',
  413: 'PAYLOAD_TOO_LARGE',
  422: 'UNPROCESSABLE_CONTENT',
  423: 'TOO_MANY_REQUESTS',
  429: 'TOO_MANY_REQUESTS',
  500: 'INTERNAL_SERVER_ERROR',
  503: 'SERVICE_UNAVAILABLE',
} as const satisfies Record<(typeof ERRORS)[keyof typeof ERRORS]['status'], TRPCError['code']>
