import type { OpenApi } from '../open-api/document.ts'
import { fieldList, fieldsOf } from './fields.ts'
import { Html, html } from './html.ts'
import { badge, block, operationSection, type Placed } from './operation.ts'
import { line, paragraphs } from './prose.ts'
import { SCRIPT } from './script.ts'
import { STYLE } from './style.ts'

/** The whole reference as one page that needs nothing else: no scripts, fonts or images of anybody. */
export function docsPage(document: OpenApi): Html {
  const { info, tags, components, servers } = document
  const placed = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): Placed => ({ path, method, operation })),
  )
  const of = (group: string) => placed.filter(({ operation }) => operation.tags.includes(group))
  const schemas = Object.entries(components.schemas).sort(([a], [b]) => (a < b ? -1 : 1))
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${info.title}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<a class="skip" href="#introduction">Skip to the text</a>
<nav aria-label="Reference">
<p class="brand">Parley <span>REST API v${info.version}</span></p>
<ul><li><a href="#introduction">Introduction</a></li></ul>
${tags.map(({ name }) => html`<h2>${name}</h2><ul>${of(name).map(link)}</ul>`)}
<h2>Shapes</h2>
<ul>${schemas.map(([name]) => html`<li><a href="#schema-${name}">${name}</a></li>`)}</ul>
</nav>
<main>
<header id="introduction">
<div class="words"><h1>${info.title}</h1>${paragraphs(info.description)}
<p><a class="button" href="openapi.json">OpenAPI 3.1 document</a></p></div>
<div class="try">${block('Base address', servers[0]!.url)}${block('Does my token work?', first(servers[0]!.url))}</div>
</header>
${tags.map(
  ({ name, description }) => html`<section class="group">
<h2 id="group-${name}">${name}</h2><p class="lead">${line(description)}</p>
${of(name).map((one) => operationSection(one, document))}
</section>`,
)}
<section class="group shapes">
<h2 id="shapes">Shapes</h2><p class="lead">What is taken and answered.</p>
${schemas.map(
  ([
    name,
    schema,
  ]) => html`<section id="schema-${name}"><h3><a class="anchor" href="#schema-${name}">${name}</a></h3>
${fieldList(fieldsOf(schema), 'optional')}</section>`,
)}
</section>
</main>
<script>${new Html(SCRIPT)}</script>
</body>
</html>`
}

const link = ({ method, operation: { operationId, summary } }: Placed): Html =>
  html`<li><a href="#${operationId}">${badge(method)}<span>${summary}</span></a></li>`

const first = (server: string) => `curl "${server}/me" \\\n  -H "Authorization: Bearer $PARLEY_TOKEN"`
