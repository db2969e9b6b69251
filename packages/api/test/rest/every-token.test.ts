import { perform, SCOPES, type Scope } from '@parley/domain'
import { createToken, revokeToken } from '@parley/domain/integrations/index'
import { changeRole, deactivate } from '@parley/domain/people/index'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { someone } from '../../../../tests/support/people.ts'
import { ENDPOINTS } from '../../src/rest/table.ts'
import { ALL_SCOPES, openWorkshop, Program, type Workshop } from '../support/bot.ts'
import { Browser, type TestApi, testApi } from '../support/browser.ts'

let api: TestApi
let shop: Workshop
beforeEach(async () => {
  api = await testApi()
  shop = await openWorkshop(api)
})
afterEach(() => api.close())

/** Every operation, as the document says to call it, of things that are not there. */
const everything = ENDPOINTS.map((row) => {
  const asked =
    row.body === null ? `?${new URLSearchParams((row.example ?? {}) as Record<string, string>)}` : ''
  const path = row.path.replace('{emoji}', 'ok').replace(/\{\w+\}/g, '404') + asked
  return {
    row,
    call: (program: Program) => program.call(row.method, path, row.body ? row.example : undefined),
  }
})
const minted = async (scopes: Scope[], days = 30) => {
  const bot = shop.made.bot.id
  const { id, secret } = await perform(createToken, shop.dan, { bot, name: 't', scopes, days }, api.deps)
  return { id, secret, program: new Program(api.context, secret) }
}
async function refusedEverywhere(program: Program): Promise<void> {
  for (const { row, call } of everything) {
    const { status, body, headers } = await call(program)
    expect([row.name, status, body.error.code]).toEqual([row.name, 401, 'signed_out'])
    expect(headers.get('www-authenticate'), row.name).toBe('Bearer error="invalid_token"')
  }
}

test('each scope opens the operations that name it and no others', async () => {
  for (const scope of ALL_SCOPES) {
    const { program } = await minted([scope])
    for (const { row, call } of everything) {
      const { status, body } = await call(program)
      const may = row.act.tokens === 'any' || row.act.tokens === scope
      expect([scope, row.name, status === 403 && body.error.code === 'scope_missing']).toEqual([
        scope,
        row.name,
        !may,
      ])
    }
  }
})

test('a scope that is there no longer gives nothing', async () => {
  const { id, program } = await minted(['messages:read'])
  await api.db.sql`UPDATE api_tokens SET scopes = '{everything,toString,__proto__}' WHERE id = ${id}`
  for (const { row, call } of everything)
    if (row.act.tokens !== 'any') expect((await call(program)).status, row.name).toBe(403)
  expect((await program.get('/me')).body.token.scopes).toEqual([])
  expect(Object.keys(SCOPES)).not.toContain('everything')
})

test('a token that is revoked, expired, or whose bot is shut out opens nothing', async () => {
  const revoked = await minted(ALL_SCOPES)
  await perform(revokeToken, shop.dan, { token: revoked.id }, api.deps)
  await refusedEverywhere(revoked.program)
  const short = await minted(ALL_SCOPES, 1)
  expect((await short.program.get('/me')).status).toBe(200)
  api.clock.advance(24 * 3_600_000)
  await refusedEverywhere(short.program)
  api.clock.advance(60_000)
  await perform(deactivate, shop.dan, { person: shop.made.bot.id }, api.deps)
  await refusedEverywhere(shop.bot)
})

test('a token whose maker administers no longer opens nothing', async () => {
  const olivia = await someone(api, 'olivia', 'owner')
  await perform(changeRole, olivia, { person: shop.dan.id, role: 'member' }, api.deps)
  await refusedEverywhere(shop.bot)
})

test('a stolen token opens nothing of what browsers do: no procedure that people alone may call, no session', async () => {
  const bearer = { authorization: `Bearer ${shop.made.secret}` }
  const mallory = new Browser(api.context)
  for (const path of ['session.listMine', 'people.me', 'token.list', 'audit.list', 'settings.list']) {
    const { status, body } = await mallory.get(`/api/trpc/${path}?input=%7B%7D`, bearer)
    expect([path, status], JSON.stringify(body)).not.toEqual([path, 200])
  }
  for (const path of [
    'session.connect',
    'session.revokeMyOthers',
    'account.changePassword',
    'device.registerPush',
  ])
    expect((await mallory.post(`/api/trpc/${path}`, {}, bearer)).status, path).not.toBe(200)
  expect((await mallory.post('/api/session/refresh', {}, bearer)).status).toBe(401)
})
