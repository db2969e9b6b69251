import { GROUPS } from '../endpoint.ts'
import { ENDPOINTS } from '../table.ts'
import { type JsonSchema, namedSchemas } from './json-schema.ts'
import { type Operation, operationOf } from './operation.ts'

type Header = { description: string; schema: JsonSchema }

/** OpenAPI 3.1.1, as far as we use it (https://spec.openapis.org/oas/v3.1.1). */
export type OpenApi = {
  openapi: '3.1.1'
  info: { title: string; version: string; description: string; license: { name: string; identifier: string } }
  servers: { url: string }[]
  tags: { name: string; description: string }[]
  paths: Record<string, Record<string, Operation>>
  components: {
    securitySchemes: Record<'token', { type: 'http'; scheme: 'bearer'; description: string }>
    headers: Record<string, Header>
    schemas: Record<string, JsonSchema>
  }
}

const INTRODUCTION = [
  'For programs that read and write as a bot. A bot sees what it is a member of, and nothing else: invite it into a conversation like anybody, or let it join public channels.',
  'An administrator makes a bot and its tokens in the console, under Integrations. Send the token with every request: `Authorization: Bearer parley_…`. Cookies are not looked at, and pages of any origin may call.',
  'Lists are pages of `{ "items": […], "next": "…" }`: hand `next` over as `cursor` until it is null. Ids are decimal strings, since they do not fit a JSON number; times are Unix milliseconds. Answers may gain fields in time; requests are taken strictly.',
  'An incoming webhook needs no token: its address, which an administrator makes for one channel, takes `POST` with `{ "text": "…" }` and answers `{ "ok": true }`.',
  'What fails is answered with `{ "error": { "code", "message", "field" } }`: the code is for programs, from a closed list, the message for people.',
].join('\n\n')

const integer = (description: string): Header => ({ description, schema: { type: 'integer' } })
const HEADERS: Record<string, Header> = {
  'RateLimit-Limit': integer('How many requests of this kind are allowed in one window.'),
  'RateLimit-Policy': {
    description: 'The same with the seconds of a window, such as `600;w=60`.',
    schema: { type: 'string' },
  },
  'RateLimit-Remaining': integer('How many are left.'),
  'RateLimit-Reset': integer('Seconds until the present window ends.'),
  'Retry-After': integer('Seconds to wait before trying again.'),
}

/** Describes the whole table. `server`: the address below which its paths are. */
export function openApiDocument(server: string): OpenApi {
  const paths: OpenApi['paths'] = {}
  for (const row of ENDPOINTS) {
    paths[row.path] ??= {}
    paths[row.path]![row.method.toLowerCase()] = operationOf(row)
  }
  return {
    openapi: '3.1.1',
    info: {
      ...{ title: 'Parley REST API', version: '1', description: INTRODUCTION },
      license: { name: 'Apache 2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: server }],
    tags: Object.entries(GROUPS).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'A token made in the console.' },
      },
      headers: HEADERS,
      schemas: namedSchemas(),
    },
  }
}
