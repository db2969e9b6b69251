import { badInput } from '@parley/domain/bad-input'
import { ParleyError } from '@parley/protocol'
import type { z } from 'zod'
import { readJson } from '../http/body.ts'
import type { Call } from '../http/call.ts'
import type { Endpoint, Given } from './endpoint.ts'
import { idempotencyKey } from './idempotency-key.ts'

/** The longest text, every character of it escaped, and room for the rest. */
const BODY_BYTES = 262_144

/** Parses every part of a request by the shapes of its row. @throws ParleyError('bad_input') */
export async function readInput(row: Endpoint, call: Call): Promise<Given<unknown, unknown, unknown>> {
  return {
    params: parse(row.params, decoded(call.params)),
    query: parse(row.query, once(call.url.searchParams)),
    key: row.idempotent ? idempotencyKey(call.request.headers) : undefined,
    body: row.body && parse(row.body, await readJson(call.request, BODY_BYTES)),
  }
}

function parse(shape: z.ZodType, value: unknown): unknown {
  const parsed = shape.safeParse(value)
  if (parsed.success) return parsed.data
  throw badInput(parsed.error)
}

function decoded(params: Call['params']): Record<string, string> {
  try {
    return Object.fromEntries(Object.entries(params).map(([name, text]) => [name, decodeURIComponent(text)]))
  } catch (e) {
    if (e instanceof URIError)
      throw new ParleyError('bad_input', 'The address is not encoded as it should be.')
    throw e
  }
}

function once(query: URLSearchParams): Record<string, string> {
  const given: Record<string, string> = {}
  for (const [name, value] of query) {
    if (Object.hasOwn(given, name))
      throw new ParleyError('bad_input', 'Give each parameter of the address once.', {
        field: name.slice(0, 100),
      })
    given[name] = value
  }
  return given
}
