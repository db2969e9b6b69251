import { media } from '@parley/adapters/media'
import { handle } from '@parley/api'
import { SCOPES } from '@parley/domain'
import { ERRORS, type ErrorCode } from '@parley/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { match } from '../../src/http/match.ts'
import { type OpenApi, openApiDocument } from '../../src/rest/open-api/document.ts'
import type { JsonSchema } from '../../src/rest/open-api/json-schema.ts'
import type { Operation } from '../../src/rest/open-api/operation.ts'
import { BASE } from '../../src/rest/rest-route.ts'
import { ENDPOINTS } from '../../src/rest/table.ts'
import { routes } from '../../src/routes.ts'
import { type OpenStore, openDisk } from '../files/stores.ts'
import { openWorkshop, type Workshop } from '../support/bot.ts'
import { type TestApi, testApi, WEB } from '../support/browser.ts'

let api: TestApi
let shop: Workshop
let document: OpenApi
let disk: OpenStore
beforeAll(async () => {
  api = await testApi()
  shop = await openWorkshop(api)
  disk = await openDisk()
  Object.assign(api.deps, { blobs: disk.store, media })
  document = (await shop.bot.get('/openapi.json')).body
})
afterAll(async () => {
  await api.close()
  await disk.close()
})

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
const pointed = (ref: string): unknown =>
  ref
    .replace(/^#\//, '')
    .split('/')
    // biome-ignore lint/suspicious/noExplicitAny: walks wherever the pointer leads
    .reduce((at: any, part) => at?.[part], document)

/** Every `$ref` anywhere below. */
function* references(at: unknown): Generator<string> {
  if (typeof at !== 'object' || at === null) return
  for (const [key, value] of Object.entries(at))
    if (key === '$ref') yield value as string
    else yield* references(value)
}

describe('the document', () => {
  test('is OpenAPI 3.1: what must be there is there, and every reference leads somewhere', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/)
    expect(document.info).toMatchObject({ title: expect.any(String), version: expect.any(String) })
    expect(document.servers).toEqual([{ url: `${WEB}/api/v1` }])
    const all = [...references(document)]
    expect(all.length).toBeGreaterThan(100)
    for (const ref of all) expect(pointed(ref), ref).toBeDefined()
    const ids = operations().map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
    const tags = new Set(document.tags.map((tag) => tag.name))
    for (const { path, operation } of operations()) {
      expect(path).toMatch(/^\/[\w{}/]+$/)
      for (const tag of operation.tags) expect(tags).toContain(tag)
      const inPath = operation.parameters.filter((p) => p.in === 'path')
      expect(
        inPath.map((p) => `{${p.name}}`),
        path,
      ).toEqual(path.match(/\{\w+\}/g) ?? [])
      for (const parameter of inPath) expect(parameter.required).toBe(true)
      for (const answer of Object.values(operation.responses)) expect(answer.description).not.toBe('')
    }
    for (const [name, schema] of Object.entries(document.components.schemas)) {
      expect(schema.type, name).toBe('object')
      expect(JSON.stringify(schema)).not.toContain('$schema')
    }
  })

  test('describes every route below /api/v1, and no other', () => {
    const described = operations().map(
      ({ path, method }) => `${method.toUpperCase()} ${BASE}${path.replace(/\{(\w+)\}/g, ':$1')}`,
    )
    const served = routes
      .filter((route) => route.path.startsWith(BASE) && route.kind === 'act')
      .map((route) => `${route.method} ${route.path}`)
    expect(described.toSorted()).toEqual(served.toSorted())
    expect(described).toHaveLength(ENDPOINTS.length)
  })

  test('names for every operation the scope that its act asks for', () => {
    for (const { operation } of operations()) {
      const row = ENDPOINTS.find((one) => one.name === operation.operationId)!
      const [security] = operation.security
      expect(security, row.name).toEqual({ token: row.act.tokens === 'any' ? [] : [row.act.tokens] })
      for (const scope of security!.token!) expect(Object.keys(SCOPES)).toContain(scope)
      expect('403' in operation.responses, row.name).toBe(row.act.tokens !== 'any')
    }
  })

  test('knows only errors of the closed list, each under its own status', () => {
    for (const { operation } of operations())
      for (const [status, { description, content }] of Object.entries(operation.responses)) {
        if (status < '300') continue
        const codes = [...description.matchAll(/`(\w+)`/g)].map(([, code]) => code as ErrorCode)
        expect(codes.length, description).toBeGreaterThan(0)
        for (const code of codes) expect(String(ERRORS[code].status)).toBe(status)
        expect(content).toEqual({ 'application/json': { schema: { $ref: '#/components/schemas/Error' } } })
      }
  })
})

describe('what is answered is what the document says', () => {
  const bearer = () => ({ authorization: `Bearer ${shop.made.secret}` })

  async function called(name: string, values: Record<string, string>, other?: object) {
    const { path, method, operation } = operations().find((one) => one.operation.operationId === name)!
    const body = other ?? operation.requestBody?.content['application/json'].example
    const asked = operation.parameters.flatMap((p) =>
      p.example === undefined ? [] : [[p.name, String(p.example)]],
    )
    const query = asked.length > 0 ? `?${new URLSearchParams(asked)}` : ''
    const request = new Request(
      `${WEB}${BASE}${path.replace(/\{(\w+)\}/g, (_, part) => encodeURIComponent(values[part]!))}${query}`,
      {
        method: method.toUpperCase(),
        headers: { ...bearer(), ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      },
    )
    const response = await handle(request, api.context)
    const text = await response.text()
    return { operation, status: response.status, body: text === '' ? undefined : JSON.parse(text) }
  }

  function expectAs({ operation, status, body }: { operation: Operation; status: number; body: unknown }) {
    const answer = operation.responses[status]
    expect(answer, `${operation.operationId} answered ${status}: ${JSON.stringify(body)}`).toBeDefined()
    expect(status, JSON.stringify(body)).toBeLessThan(300)
    const schema = answer!.content?.['application/json'].schema
    if (!schema) expect(body).toBeUndefined()
    else expect(problems(schema, body, operation.operationId)).toEqual([])
  }

  /** A validator of just what our schemas use: what it does not know, it refuses. */
  function problems(schema: JsonSchema, value: unknown, at: string): string[] {
    const { $ref, anyOf, type, properties = {}, required = [], items } = schema
    if ($ref) return problems(pointed($ref) as JsonSchema, value, at)
    if (anyOf)
      return anyOf.some((one) => problems(one, value, at).length === 0)
        ? []
        : [`${at}: fits none of its shapes`]
    if (schema.enum && !schema.enum.includes(value)) return [`${at}: ${value} is not one of ${schema.enum}`]
    if (schema.const !== undefined) return value === schema.const ? [] : [`${at}: is not ${schema.const}`]
    if (Array.isArray(type))
      return type.some((one) => problems({ ...schema, type: one }, value, at).length === 0)
        ? []
        : [`${at}: is none of ${type}`]
    switch (type) {
      case 'object': {
        if (typeof value !== 'object' || value === null) return [`${at}: is no object`]
        const given = value as Record<string, unknown>
        return [
          ...required.filter((key) => !(key in given)).map((key) => `${at}.${key}: is missing`),
          ...Object.keys(given)
            .filter((key) => !(key in properties))
            .flatMap((key) =>
              typeof schema.additionalProperties === 'object'
                ? problems(schema.additionalProperties, given[key], `${at}.${key}`)
                : [`${at}.${key}: is not described`],
            ),
          ...Object.entries(properties).flatMap(([key, one]) =>
            key in given ? problems(one, given[key], `${at}.${key}`) : [],
          ),
        ]
      }
      case 'array':
        return Array.isArray(value)
          ? value.flatMap((one, i) => problems(items!, one, `${at}[${i}]`))
          : [`${at}: is no list`]
      case 'string':
        return typeof value === 'string' && new RegExp(schema.pattern ?? '', 'u').test(value)
          ? []
          : [`${at}: is no such text`]
      case 'integer':
        return Number.isInteger(value) ? [] : [`${at}: is no integer`]
      case 'boolean':
        return typeof value === 'boolean' ? [] : [`${at}: is neither true nor false`]
      case 'null':
        return value === null ? [] : [`${at}: is not null`]
      default:
        return [`${at}: the test knows no type ${type}`]
    }
  }

  test('for every operation, with the document’s own example of a request', async () => {
    const posted = await called('postMessage', { conversation: shop.general })
    const begun = await called('beginUpload', { conversation: shop.general })
    const values = {
      ...{ conversation: shop.general, message: posted.body.id as string, emoji: '🎉' },
      file: begun.body.file as string,
    }
    const { url, headers } = begun.body.upload
    expect((await fetch(url, { method: 'PUT', headers, body: Buffer.alloc(48_213, '%PDF') })).ok).toBe(true)
    for (const first of [posted, begun]) expectAs(first)
    const order = [
      'addReaction',
      'listMessages',
      'getMessage',
      'editMessage',
      'listReplies',
      'searchMessages',
      'removeReaction',
      'deleteMessage',
      'completeUpload',
      'downloadFile',
      'createChannel',
      'listConversations',
      'getConversation',
      'listMembers',
      'joinConversation',
      'listChannels',
      'listPeople',
      'getMe',
    ]
    for (const name of order) expectAs(await called(name, values))
    for (const name of ['openDirect', 'inviteMembers'])
      expectAs(await called(name, values, { people: [shop.dan.id] }))
    expectAs(await called('leaveConversation', values))
    order.push('postMessage', 'beginUpload', 'openDirect', 'inviteMembers', 'leaveConversation')
    expect(order.toSorted()).toEqual(ENDPOINTS.map((row) => row.name).toSorted())
  })

  test('the validator of this test can say no', () => {
    const { Message } = openApiDocument(WEB).components.schemas
    expect(problems(Message!, { id: 7, extra: 1 }, 'm')).toContain('m.id: is no such text')
    expect(problems(Message!, { id: 7, extra: 1 }, 'm')).toContain('m.extra: is not described')
    expect(problems(Message!, {}, 'm')).toContain('m.text: is missing')
  })
})

describe('the readable page', () => {
  test('names every operation, its scope and its address, and loads nothing from anywhere', async () => {
    const response = await handle(new Request(`${WEB}/api/v1/docs`), api.context)
    const page = await response.text()
    expect(response.headers.get('content-type')).toContain('text/html')
    for (const row of ENDPOINTS) {
      expect(page).toContain(`id="${row.name}"`)
      expect(page).toContain(`<code>${row.path}</code>`)
    }
    expect(page).not.toMatch(/<(?:script|link|img|iframe)[^>]+(?:src|href)=/)
    const policy = response.headers.get('content-security-policy')!
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toContain('unsafe')
    const hrefs = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id)
    for (const id of hrefs) expect(page, id).toContain(`id="${id}"`)
  })

  test('runs under its own policy: the hashes are those of what stands in the page', async () => {
    const response = await handle(new Request(`${WEB}/api/v1/docs`), api.context)
    const page = await response.text()
    const { createHash } = await import('node:crypto')
    for (const tag of ['script', 'style']) {
      const [, text] = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(page)!
      const hash = createHash('sha256').update(text!).digest('base64')
      expect(response.headers.get('content-security-policy')).toContain(`${tag}-src 'sha256-${hash}'`)
    }
  })
})

test('a fixed path wins over a parameter of the same length', () => {
  expect(match('/api/v1/openapi.json', '/api/v1/openapi.json')).toEqual({})
})
