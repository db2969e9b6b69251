import { type JsonSchema, nameOf } from '../open-api/json-schema.ts'
import { type Html, html } from './html.ts'
import { line } from './prose.ts'

export type Field = {
  name: string
  required: boolean
  schema: JsonSchema
  description?: string
  where?: string
}

/** What an object holds, as fields. */
export const fieldsOf = ({ properties = {}, required = [] }: JsonSchema): Field[] =>
  Object.entries(properties).map(([name, schema]) => ({ name, schema, required: required.includes(name) }))

/** A list of fields: name, type, whether it must be there, what it says, and its bounds. */
export const fieldList = (
  fields: readonly Field[],
  mark: 'required' | 'optional',
): Html => html`<dl class="fields">
${fields.map(
  ({ name, schema, required, where, description }) => html`<div>
<dt><code>${name}</code> <span class="type">${typeOf(schema)}</span>${where ? html` <span class="where">in ${where}</span>` : null}
${required === (mark === 'required') ? html`<span class="mark ${mark}">${mark}</span>` : null}</dt>
<dd>${line([description ?? describe(schema), bounds(schema)].filter(Boolean).join(' '))}</dd>
</div>`,
)}
</dl>`

const describe = (schema: JsonSchema): string =>
  schema.description ?? schema.anyOf?.find((one) => one.description)?.description ?? ''

/** Reads like a type: `string`, `Message[]`, `integer or null`. */
function typeOf(schema: JsonSchema): Html {
  const name = nameOf(schema)
  if (name) return html`<a href="#schema-${name}">${name}</a>`
  if (schema.anyOf) return html`${schema.anyOf.map((one, i) => html`${i > 0 ? ' or ' : ''}${typeOf(one)}`)}`
  if (schema.items) return html`${typeOf(schema.items)}[]`
  if (schema.enum)
    return html`${schema.enum.length > 6 ? 'string' : schema.enum.map((one) => `"${one}"`).join(' | ')}`
  if (schema.const !== undefined) return html`${JSON.stringify(schema.const)}`
  return html`${schema.format ?? [schema.type ?? 'anything'].flat().join(' or ')}`
}

function bounds(schema: JsonSchema): string {
  const { minimum, maximum, maxLength, maxItems } = schema
  if (minimum !== undefined && maximum !== undefined) return `From ${minimum} to ${maximum}.`
  if (maxLength !== undefined) return `At most ${maxLength.toLocaleString('en')} characters.`
  return maxItems === undefined ? '' : `At most ${maxItems}.`
}
