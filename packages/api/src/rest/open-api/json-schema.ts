import { z } from 'zod'
import { NAMED } from '../shapes/index.ts'

/** JSON Schema 2020-12, which OpenAPI 3.1 takes as it is (OAS 3.1 §4.8.24). */
export type JsonSchema = {
  $ref?: string
  type?: string | string[]
  description?: string
  properties?: Record<string, JsonSchema>
  required?: string[]
  additionalProperties?: boolean | JsonSchema
  items?: JsonSchema
  anyOf?: JsonSchema[]
  enum?: unknown[]
  const?: unknown
  examples?: unknown[]
  pattern?: string
  format?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  maxItems?: number
}

const SCHEMAS = '#/components/schemas/'
const refOf = (id: string) => SCHEMAS + id

/** zod bounds every integer by what a JSON number can hold; that every integer has these bounds says nothing. */
function plain({ jsonSchema: schema }: { jsonSchema: JsonSchema }): void {
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum
}

/** Every named shape. */
export function namedSchemas(): Record<string, JsonSchema> {
  const { schemas } = z.toJSONSchema(NAMED, { io: 'input', uri: refOf, override: plain as never })
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema: _, $id: __, ...schema }]) => [name, schema as JsonSchema]),
  )
}

/** A reference to a named shape. */
export function reference(shape: z.ZodType): JsonSchema {
  const name = NAMED.get(shape)?.id
  if (!name) throw new Error('What the REST API takes or answers must be a named shape.')
  return { $ref: refOf(name) }
}

/** The parts of a path or of a query, each with its own schema. What is parsed from text is described as parsed. */
export function partsOf(shape: z.ZodObject): { name: string; required: boolean; schema: JsonSchema }[] {
  const { properties = {}, required = [] } = z.toJSONSchema(shape, { override: plain as never }) as JsonSchema
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    required: required.includes(name),
    schema,
  }))
}

/** The named schema that a reference points to; null for what is no reference. */
export const nameOf = ({ $ref }: JsonSchema): string | null => $ref?.slice(SCHEMAS.length) ?? null
