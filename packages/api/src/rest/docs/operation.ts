import type { OpenApi } from '../open-api/document.ts'
import { nameOf } from '../open-api/json-schema.ts'
import type { Operation } from '../open-api/operation.ts'
import { curl } from './curl.ts'
import { type Field, fieldList, fieldsOf } from './fields.ts'
import { type Html, html } from './html.ts'
import { line, paragraphs } from './prose.ts'
import { sampleOf } from './sample.ts'

export type Placed = { path: string; method: string; operation: Operation }

/** One operation: in words on the left, to be tried on the right. */
export function operationSection(
  { path, method, operation }: Placed,
  { servers, components }: OpenApi,
): Html {
  const { operationId, summary, description, parameters, requestBody, responses } = operation
  const fields: Field[] = parameters.map(({ in: where, ...parameter }) => ({ ...parameter, where }))
  const body = requestBody && components.schemas[nameOf(requestBody.content['application/json'].schema) ?? '']
  return html`<section class="operation" id="${operationId}">
<div class="words">
<h3><a class="anchor" href="#${operationId}">${summary}</a></h3>
<p class="address">${badge(method)} <code>${path}</code></p>
${paragraphs(description)}
${fields.length > 0 && html`<h4>Parameters</h4>${fieldList(fields, 'required')}`}
${body && html`<h4>Body</h4>${fieldList(fieldsOf(body), 'required')}`}
<h4>Answers</h4>
${answers(responses)}
</div>
<div class="try">
${block('Request', curl(servers[0]!.url, path, method, operation))}
${sample(responses, components.schemas)}
</div>
</section>`
}

export const badge = (method: string): Html =>
  html`<span class="badge ${method}">${method === 'delete' ? 'DEL' : method.toUpperCase()}</span>`

const answers = (responses: Operation['responses']): Html => html`<dl class="answers">
${Object.entries(responses).map(
  ([status, answer]) =>
    html`<div><dt class="${status < '300' ? 'good' : 'bad'}">${status}</dt><dd>${line(answer.description)}${returned(answer)}</dd></div>`,
)}
</dl>`

function returned({ content }: Operation['responses'][string]): Html | null {
  const name = content && nameOf(content['application/json'].schema)
  return name && name !== 'Error' ? html` Answers <a href="#schema-${name}">${name}</a>.` : null
}

function sample(responses: Operation['responses'], named: OpenApi['components']['schemas']): Html | null {
  const [status, answer] = Object.entries(responses).find(([code]) => code < '300') ?? []
  const schema = answer?.content?.['application/json'].schema
  return schema && status ? block(`Answer ${status}`, JSON.stringify(sampleOf(schema, named), null, 2)) : null
}

export const block = (title: string, text: string): Html => html`<figure class="block">
<figcaption><span>${title}</span><button type="button" class="copy">Copy</button></figcaption>
<pre tabindex="0"><code>${text}</code></pre>
</figure>`
