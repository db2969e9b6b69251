import { type JsonSchema, nameOf } from '../open-api/json-schema.ts'

type Named = Record<string, JsonSchema>

/** A value that a schema describes, made of the examples in it. Shapes hold no rings. */
export function sampleOf(schema: JsonSchema, named: Named): unknown {
  const name = nameOf(schema)
  if (name) return sampleOf(named[name]!, named)
  if (schema.examples) return schema.examples[0]
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  if (schema.anyOf)
    return schema.anyOf.some(isNull) && !hasExample(schema) ? null : sampleOf(schema.anyOf[0]!, named)
  if (schema.items) return [sampleOf(schema.items, named)]
  if (schema.properties)
    return Object.fromEntries(
      Object.entries(schema.properties).map(([key, value]) => [key, sampleOf(value, named)]),
    )
  return { boolean: false, integer: 1, number: 1, string: '…' }[[schema.type ?? ''].flat()[0]!] ?? null
}

const isNull = (schema: JsonSchema) => schema.type === 'null'
/** What may be null is shown as null, unless an example was given for it on purpose. */
const hasExample = ({ anyOf = [] }: JsonSchema) =>
  anyOf.some((one) => one.examples && one.type === 'string' && !one.pattern)
