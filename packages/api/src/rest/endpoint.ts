import type { Act } from '@parley/domain'
import type { Refusal } from '@parley/domain/refusal'
import type { ErrorCode } from '@parley/protocol'
import { z } from 'zod'
import type { Method } from '../http/route.ts'

/** What a request brings besides its body, once it is parsed. */
export type Given<Params, Query, Body> = {
  params: Params
  query: Query
  body: Body
  /** The Idempotency-Key header, if there is one. Only where `idempotent`. */
  key: string | undefined
}

/** The parts of a request, as strict shapes: what is not named here is refused. */
type Shapes<Params extends z.ZodObject, Query extends z.ZodObject, Body extends z.ZodType> = {
  params?: Params
  query?: Query
  body?: Body
}

/**
 * One row of the REST table. The router, the OpenAPI document and the readable page are all made from it; the scope and
 * the rate limit are the act's.
 */
export type Endpoint = {
  method: Exclude<Method, 'OPTIONS'>
  /** Below /api/v1, with `{name}` for what `params` names. */
  path: `/${string}`
  /** The operationId, by which generated clients call it. */
  name: string
  group: Group
  summary: string
  /** What the summary leaves open, as paragraphs of plain text. */
  details: string[]
  act: Act
  params: z.ZodObject
  query: z.ZodObject
  body: z.ZodType | null
  /** Takes an Idempotency-Key header. */
  idempotent: boolean
  status: 200 | 201 | 204
  /** What is answered; what it does not name is left out. Null: nothing (204). */
  answer: z.ZodType | null
  /** What can go wrong here beside what can go wrong everywhere. */
  errors: ErrorCode[]
  /** A body that works, or a query where there is no body: for readers and for the tests that walk every row. */
  example: unknown
  input(given: Given<unknown, unknown, unknown>): unknown
  shape(result: unknown, given: Given<unknown, unknown, unknown>): unknown
}

export const GROUPS = {
  Messages: 'Reading, posting and changing what is said.',
  Conversations: 'Channels, private channels and direct messages that the bot is a member of.',
  Files: 'Bytes go straight between the program and the store; here is decided who may.',
  People: 'Who is there.',
  Token: 'The token itself.',
} as const satisfies Record<string, string>
export type Group = keyof typeof GROUPS

const NONE = z.strictObject({})

/** Declares one row; the functions see the types of the shapes and of the act. */
export function endpoint<
  Input,
  Result,
  Params extends z.ZodObject = typeof NONE,
  Query extends z.ZodObject = typeof NONE,
  Body extends z.ZodType = z.ZodUndefined,
>(
  row: Omit<
    Endpoint,
    'params' | 'query' | 'body' | 'details' | 'idempotent' | 'errors' | 'example' | 'act' | 'input' | 'shape'
  > &
    Shapes<Params, Query, Body> & {
      act: Act<Input, Result>
      details?: string[]
      idempotent?: true
      errors?: ErrorCode[]
      example?: z.input<Body> | z.input<Query>
      input(given: Given<z.output<Params>, z.output<Query>, z.output<Body>>): Input
      shape?(
        result: Exclude<Result, Refusal>,
        given: Given<z.output<Params>, z.output<Query>, z.output<Body>>,
      ): unknown
    },
): Endpoint {
  const { details = [], idempotent = false, errors = [], example, shape = (result: unknown) => result } = row
  return {
    ...row,
    ...{ details, idempotent, errors, example, body: row.body ?? null },
    ...{ params: row.params ?? NONE, query: row.query ?? NONE },
    act: row.act as Act,
    input: row.input as Endpoint['input'],
    shape: shape as Endpoint['shape'],
  }
}
