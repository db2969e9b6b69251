import { handle } from '@parley/api'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { testProbed } from '../../../tests/support/probed.ts'
import { clientAddress } from '../src/http/address.ts'
import { match } from '../src/http/match.ts'
import { Browser, type TestApi, testApi, WEB } from './support/browser.ts'

let api: TestApi
let olivia: Browser
beforeEach(async () => {
  api = await testApi()
  olivia = new Browser(api.context)
  const password = 'seven grey herons wait'
  await olivia.post('/api/session/set-up', {
    organisation: 'E',
    name: 'Olivia',
    email: 'o@example.org',
    password,
  })
})
afterEach(() => api.close())

test('a page of somebody else cannot act with olivia’s cookies', async () => {
  const rename = (headers: Record<string, string>) =>
    olivia.fetch('POST', '/api/trpc/organisation.rename', { name: 'Evil' }, headers)
  for (const origin of [
    'https://evil.example',
    'null',
    'http://localhost:4000',
    'http://localhost:3000.evil.example',
  ])
    expect((await rename({ origin })).status, origin).toBe(403)
  expect((await rename({ origin: 'http://localhost:3001' })).status).toBe(200)
  expect((await rename({ origin: 'http://127.0.0.1:3000', host: '127.0.0.1:3000' })).status).toBe(200)
  expect((await rename({ origin: 'http://evil.example', host: 'evil.example' })).status).toBe(403)
  const plain = new Request(`${WEB}/api/session/sign-out`, {
    method: 'POST',
    headers: { cookie: [...olivia.cookies].map(([k, v]) => `${k}=${v}`).join('; ') },
  })
  expect((await handle(plain, api.context)).status).toBe(403)
})

test('nobody is signed in to somebody else’s account by a page of theirs', async () => {
  const mallorys = new Browser(api.context, 'https://evil.example')
  const answer = await mallorys.post('/api/session/sign-in', { email: 'o@example.org', password: 'x' })
  expect([answer.status, answer.body.error.code]).toEqual([403, 'not_allowed'])
})

test('a request that is too large is refused before it is read', async () => {
  const huge = 'x'.repeat(20_000)
  const form = await olivia.post('/api/session/sign-in', { email: 'o@example.org', password: huge })
  expect([form.status, form.body.error.code]).toEqual([413, 'too_large'])
  const csv = await olivia.mutate('account.previewInvitations', { csv: 'x'.repeat(1_100_000) })
  expect(csv.status).toBe(413)
  let sent = 0
  const endless = new ReadableStream({
    pull(controller) {
      sent += 1
      controller.enqueue(new Uint8Array(65_536))
    },
  })
  const request = new Request(`${WEB}/api/session/sign-in`, {
    method: 'POST',
    headers: { origin: WEB, 'content-type': 'application/json' },
    body: endless,
    duplex: 'half',
  } as RequestInit)
  expect((await handle(request, api.context)).status).toBe(413)
  expect(sent).toBeLessThan(5)
})

test('what is not a JSON object sent as JSON is refused with a sentence', async () => {
  for (const [body, type] of [
    ['{"email":', 'application/json'],
    ['[1]', 'application/json'],
    ['email=a', 'application/x-www-form-urlencoded'],
    ['{}', 'text/plain'],
  ]) {
    const answer = await olivia.fetch('POST', '/api/session/sign-in', body, { 'content-type': type! })
    expect([answer.status, answer.body.error.code], body).toEqual([400, 'bad_input'])
  }
})

test('errors look the same by tRPC and by HTTP: a code, a sentence, a field', async () => {
  const form = await olivia.post('/api/session/sign-in', { email: 'nonsense', password: 'x' })
  expect([form.status, form.body]).toEqual([
    400,
    { error: { code: 'bad_input', message: 'email: is not an e-mail address', field: 'email' } },
  ])
  const trpc = await olivia.query('people.detail', { person: 'nonsense' })
  expect(trpc.status).toBe(400)
  expect(trpc.body.error.data).toMatchObject({ code: 'bad_input', field: 'person' })
  const extra = await olivia.query('people.me', { extra: 1 })
  expect(extra.body.error.data.code).toBe('bad_input')
  const absent = await olivia.query('people.detail', { person: '404' })
  expect([absent.status, absent.body.error.data.code]).toEqual([404, 'not_found'])
  expect((await olivia.query('people.nothing')).status).toBe(404)
  const nowhere = await olivia.get('/api/nothing')
  expect([nowhere.status, nowhere.body.error.code]).toEqual([404, 'not_found'])
})

test('what nobody meant to happen is logged, and told only as that', async () => {
  const broken = Object.assign(
    Object.create(Object.getPrototypeOf(api.context.deps.db)),
    api.context.deps.db,
    {
      sql: async () => {
        throw new Error('secret detail: column passwords.hash')
      },
    },
  )
  const context = { ...api.context, deps: { ...api.context.deps, db: broken } }
  const there = new Browser(context)
  const answer = await there.query('organisation.setupState')
  expect(answer.status).toBe(500)
  expect(answer.body.error.data.code).toBe('internal')
  expect(JSON.stringify(answer.body)).not.toContain('secret detail')
  expect(api.logged).toMatchObject([{ error: { message: expect.stringContaining('secret detail') } }])
})

test('too many calls are turned away with when to come back', async () => {
  const visitor = new Browser(api.context)
  const from = (i: number) =>
    visitor.post('/api/session/sign-in', { email: `nobody-${i}@example.org`, password: 'guessed at' })
  let last = await from(0)
  for (let i = 1; i <= 20; i++) last = await from(i)
  expect([last.status, last.body.error.code]).toEqual([429, 'too_many'])
  expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await olivia.query('people.me')).status).toBe(200)
})

test('a batch has a bound', async () => {
  const names = (n: number) => Array.from({ length: n }, () => 'people.me').join(',')
  expect((await olivia.get(`/api/trpc/${names(20)}?batch=1&input=%7B%7D`)).status).toBe(200)
  expect((await olivia.get(`/api/trpc/${names(21)}?batch=1&input=%7B%7D`)).status).toBe(400)
})

test('nothing that the API says is kept on the way', async () => {
  for (const answer of [
    await olivia.query('people.me'),
    await olivia.get('/api/nothing'),
    await olivia.get('/health/live'),
  ]) {
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  }
})

test('a bearer token that is nobody’s is refused, also beside good cookies', async () => {
  const answer = await olivia.get('/api/trpc/people.me', { authorization: 'Bearer nobodys' })
  expect([answer.status, answer.body.error.data.code]).toEqual([401, 'signed_out'])
})

test('an address is believed from our own proxies only', () => {
  const asked = (forwarded: string | null, trustedProxies: number) =>
    clientAddress(new Request(WEB, { headers: forwarded ? { 'x-forwarded-for': forwarded } : {} }), {
      trustedProxies,
      peer: () => '10.0.0.1',
    })
  expect(asked('203.0.113.5', 0)).toBe('10.0.0.1')
  expect(asked('6.6.6.6, 203.0.113.5', 1)).toBe('203.0.113.5')
  expect(asked('6.6.6.6, 203.0.113.5, 10.0.0.2', 2)).toBe('203.0.113.5')
  expect(asked('2001:db8::1', 1)).toBe('2001:db8::1')
  expect(asked('<script>', 1)).toBe('10.0.0.1')
  expect(asked(null, 1)).toBe('10.0.0.1')
})

test('a path fits its pattern part by part', () => {
  expect(match('/api/v1/messages/:id', '/api/v1/messages/7')).toEqual({ id: '7' })
  expect(match('/api/v1/messages/:id', '/api/v1/messages/7/x')).toBeNull()
  expect(match('/api/trpc/*', '/api/trpc/people.me')).toEqual({})
  expect(match('/api/trpc/*', '/api/trpcx')).toBeNull()
})

test('a process that cannot reach what it needs is alive but not ready, and says what is wrong and never where', async () => {
  expect(await olivia.get('/health/ready')).toMatchObject({
    status: 200,
    body: { parts: { database: 'ok' } },
  })
  const refused = Object.assign(new Error('connect ECONNREFUSED 10.0.0.7:9000'), { code: 'ECONNREFUSED' })
  const slow = new Browser({
    ...api.context,
    probed: testProbed({
      ...api.context.probed.checks,
      redis: () => new Promise(() => {}),
      files: () => Promise.reject(new Error('ENOENT: /srv/files', { cause: refused })),
    }),
  })
  const answer = await slow.get('/health/ready')
  expect([answer.status, answer.body.parts]).toEqual([
    503,
    { database: 'ok', redis: 'failed', files: 'failed' },
  ])
  const all = await slow.get('/health')
  expect(all.status).toBe(503)
  expect(all.body).toEqual({
    ...{ status: 'not ready', process: 'test', uptimeSeconds: expect.any(Number), eventLoopMs: 0 },
    parts: {
      database: { state: 'ok', ms: expect.any(Number) },
      redis: { state: 'failed', says: 'It does not answer within 2 seconds.' },
      files: { state: 'failed', says: 'Nothing listens there.' },
    },
  })
  expect((await slow.get('/health/live')).status).toBe(200)
})
