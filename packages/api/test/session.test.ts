import { afterEach, beforeEach, expect, test } from 'vitest'
import { auditLog } from '../../../tests/support/audit.ts'
import { Browser, type TestApi, testApi } from './support/browser.ts'

const PASSWORD = 'seven grey herons wait'
const MINUTE = 60_000
const first = { organisation: 'Example', name: 'Olivia', email: 'olivia@example.org', password: PASSWORD }

let api: TestApi
let olivia: Browser
beforeEach(async () => {
  api = await testApi()
  olivia = new Browser(api.context)
  await olivia.post('/api/session/set-up', first)
})
afterEach(() => api.close())

const me = async (browser: Browser) => (await browser.query('people.me')).status

test('the first visit leaves the owner signed in, and the tokens only in cookies', async () => {
  expect((await olivia.query('people.me')).body.result.data).toMatchObject({ name: 'Olivia', role: 'owner' })
  expect([...olivia.cookies.keys()].sort()).toEqual([
    'parley-3000-access',
    'parley-3000-device',
    'parley-3000-refresh',
  ])
  const again = await new Browser(api.context).post('/api/session/set-up', first)
  expect([again.status, again.body.error.code]).toEqual([409, 'conflict'])
})

test('cookies are not for scripts, not for other sites, and on https bound to the host and to https', async () => {
  const signIn = async () => {
    const { headers, body } = await new Browser(api.context).post('/api/session/sign-in', {
      email: first.email,
      password: PASSWORD,
    })
    return { lines: headers.getSetCookie(), body }
  }
  const plain = await signIn()
  expect(plain.lines).toHaveLength(3)
  for (const line of plain.lines) {
    expect(line).toMatch(/; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax$/)
    expect(JSON.stringify(plain.body)).not.toContain(/=([^;]+)/.exec(line)![1])
  }
  api.context.deps.addresses = { ...api.context.deps.addresses, web: 'https://chat.example.org' }
  for (const line of (await signIn()).lines) {
    expect(line).toMatch(/^__Host-parley-(access|refresh|device)=/)
    expect(line).toMatch(/; Secure$/)
    expect(line).not.toMatch(/Domain/i)
  }
})

test('two installations on one host do not read each other’s cookies', async () => {
  const other = await testApi()
  other.context.deps.addresses = { ...other.context.deps.addresses, web: 'http://localhost:4000' }
  const there = new Browser(other.context, 'http://localhost:4000')
  for (const [name, value] of olivia.cookies) there.cookies.set(name, value)
  await there.post('/api/session/set-up', first)
  expect(there.cookies.size).toBe(6)
  expect([await me(there), await me(olivia)]).toEqual([200, 200])
  await other.close()
})

test('after ten minutes a refresh brings new cookies; without it nobody is signed in', async () => {
  api.clock.advance(10 * MINUTE)
  expect(await me(olivia)).toBe(401)
  const { status, body } = await olivia.post('/api/session/refresh')
  expect(status).toBe(200)
  expect(body.accessExpiresAt).toBe(api.clock.now.getTime() + 10 * MINUTE)
  expect(await me(olivia)).toBe(200)
  expect((await new Browser(api.context).post('/api/session/refresh')).status).toBe(401)
})

test('cookies copied to another browser without the device are worth nothing, and end the session', async () => {
  const thief = new Browser(api.context)
  for (const [name, value] of olivia.cookies) if (!name.endsWith('device')) thief.cookies.set(name, value)
  expect(await me(thief)).toBe(401)
  const stolen = await thief.post('/api/session/refresh')
  expect([stolen.status, stolen.body.error.code]).toEqual([401, 'session_reused'])
  expect(await me(olivia)).toBe(401)
  expect(api.published.at(-1)?.revoked.sessions).toHaveLength(1)
})

test('a wrong password is answered with what to say, counted, and recorded though the answer is an error', async () => {
  const guess = () =>
    new Browser(api.context).post('/api/session/sign-in', { email: first.email, password: 'a guess' })
  const wrong = await guess()
  expect([wrong.status, wrong.body]).toEqual([
    401,
    { error: { code: 'wrong_credentials', message: 'The e-mail address or password is not right.' } },
  ])
  for (let i = 0; i < 4; i++) await guess()
  const locked = await guess()
  expect([locked.status, locked.headers.get('retry-after')]).toEqual([423, '60'])
  expect(await auditLog(api, 'session.refused')).toHaveLength(6)
})

test('whoever invites somebody sends a link; following it signs them in, on their own device', async () => {
  const { body } = await olivia.mutate('account.invite', { email: 'bob@example.org' })
  const token = body.result.data.link.split('/').at(-1)
  const bob = new Browser(api.context)
  expect((await bob.query('account.invitation', { token })).body.result.data).toMatchObject({ name: 'Bob' })
  const weak = await bob.post('/api/session/accept-invitation', { token, name: 'Bob', password: 'short' })
  expect([weak.status, weak.body.error.field]).toEqual([422, 'password'])
  const accepted = { token, name: 'Bob Vogel', password: 'nine slow barges pass' }
  expect((await bob.post('/api/session/accept-invitation', accepted)).status).toBe(200)
  expect((await bob.query('people.me')).body.result.data).toMatchObject({ name: 'Bob Vogel', role: 'member' })
})

test('signing out forgets the session but not the device', async () => {
  expect((await olivia.post('/api/session/sign-out')).status).toBe(200)
  expect([...olivia.cookies.keys()]).toEqual(['parley-3000-device'])
  expect(await me(olivia)).toBe(401)
})

test('the form cannot claim a device or a browser of its own', async () => {
  const claimed = await new Browser(api.context).post('/api/session/sign-in', {
    email: first.email,
    password: PASSWORD,
    device: olivia.cookies.get('parley-3000-device'),
    agent: 'somebody else',
  })
  expect(claimed.status).toBe(200)
  expect(claimed.body.session).not.toBe(undefined)
  const [row] = await api.db.sql<{ devices: number }>`SELECT count(*)::int AS devices FROM devices`
  expect(row).toEqual({ devices: 2 })
})
