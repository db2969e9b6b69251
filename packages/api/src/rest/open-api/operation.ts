import { RATE_LIMITS } from '@parley/domain/limits'
import type { Endpoint } from '../endpoint.ts'
import { IDEMPOTENCY_KEY } from '../idempotency-key.ts'
import { Failure } from '../shapes/index.ts'
import { failuresOf, sayAll } from './errors.ts'
import { type JsonSchema, partsOf, reference } from './json-schema.ts'

export type Parameter = {
  name: string
  in: 'path' | 'query' | 'header'
  required: boolean
  description?: string
  schema: JsonSchema
  example?: unknown
}
export type Answer = {
  description: string
  headers?: Record<string, { $ref: string }>
  content?: Record<'application/json', { schema: JsonSchema }>
}
/** OAS 3.1 §4.8.10, as far as we use it. */
export type Operation = {
  operationId: string
  tags: string[]
  summary: string
  description: string
  security: Record<string, string[]>[]
  parameters: Parameter[]
  requestBody?: {
    required: true
    content: Record<'application/json', { schema: JsonSchema; example: unknown }>
  }
  responses: Record<string, Answer>
}

const RATE_HEADERS = ['RateLimit-Limit', 'RateLimit-Policy', 'RateLimit-Remaining', 'RateLimit-Reset']
const headers = (...names: string[]) =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]))

export function operationOf(row: Endpoint): Operation {
  const scope = row.act.tokens
  return {
    ...{ operationId: row.name, tags: [row.group], summary: row.summary },
    description: [...row.details, scopeSays(scope), limitSays(row)].join('\n\n'),
    security: [{ token: scope === 'any' || scope === 'never' ? [] : [scope] }],
    parameters: parametersOf(row),
    ...(row.body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: reference(row.body), example: row.example } },
      },
    }),
    responses: { [row.status]: success(row), ...failures(row) },
  }
}

const scopeSays = (scope: string) =>
  scope === 'any' ? 'Any token will do.' : `The token needs the scope \`${scope}\`.`

function limitSays(row: Endpoint): string {
  const limit = RATE_LIMITS[row.act.limit]
  return limit
    ? `At most ${limit.points} in ${limit.seconds} seconds, counted for the bot.`
    : 'Without a rate limit.'
}

function parametersOf(row: Endpoint): Parameter[] {
  const asked = row.body === null ? ((row.example ?? {}) as Record<string, unknown>) : {}
  const parts = (where: 'path' | 'query') =>
    partsOf(where === 'path' ? row.params : row.query).map(
      ({ name, required, schema: { description, ...schema } }): Parameter => ({
        ...{ name, in: where, required, schema },
        ...(description && { description }),
        ...(where === 'query' && name in asked && { example: asked[name] }),
      }),
    )
  const key: Parameter = {
    ...{ name: IDEMPOTENCY_KEY, in: 'header', required: false, schema: { type: 'string', format: 'uuid' } },
    description: 'Makes it safe to send the request again: the same UUID posts once.',
  }
  return [...parts('path'), ...parts('query'), ...(row.idempotent ? [key] : [])]
}

const success = ({ answer }: Endpoint): Answer => ({
  description: answer ? 'Done.' : 'Done; there is nothing to say.',
  headers: headers(...RATE_HEADERS),
  ...(answer && { content: { 'application/json': { schema: reference(answer) } } }),
})

const failures = (row: Endpoint): Record<string, Answer> =>
  Object.fromEntries(
    failuresOf(row).map(([status, codes]) => [
      status,
      {
        description: sayAll(codes),
        headers: status === '429' ? headers(...RATE_HEADERS, 'Retry-After') : headers(...RATE_HEADERS),
        content: { 'application/json': { schema: reference(Failure) } },
      },
    ]),
  )
