import { handle } from '@parley/api'
import { perform } from '@parley/domain'
import { archiveChannel, createChannel, removeFromChannel } from '@parley/domain/conversations/index'
import { createWebhook, listWebhooks, revokeWebhook, rotateWebhook } from '@parley/domain/integrations/index'
import { changeRole, deactivate } from '@parley/domain/people/index'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { auditLog } from '../../../../tests/support/audit.ts'
import { someone } from '../../../../tests/support/people.ts'
import { openWorkshop, type Workshop } from '../support/bot.ts'
import { type TestApi, testApi, WEB } from '../support/browser.ts'

let api: TestApi
let shop: Workshop
let hook: string
beforeEach(async () => {
  api = await testApi()
  shop = await openWorkshop(api)
  hook = await shop.webhook('Deploys')
})
afterEach(() => api.close())

async function post(path: string, body: unknown, headers: Record<string, string> = {}) {
  const request = new Request(`${WEB}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  const response = await handle(request, api.context)
  return { status: response.status, headers: response.headers, body: await response.json() }
}
const listed = async () => (await perform(listWebhooks, shop.dan, {}, api.deps)).items
const said = async () =>
  (await shop.bot.get(`/conversations/${shop.general}/messages`)).body.items as {
    text: string
    sender: string
  }[]

test('another system posts into the channel with nothing but the address, as the webhook’s bot', async () => {
  const answer = await post(hook, { text: 'Deployed **3.1**.', username: 'ignored', icon_emoji: ':rocket:' })
  expect([answer.status, answer.body]).toEqual([200, { ok: true }])
  const [webhook] = await listed()
  expect(webhook).toMatchObject({
    ...{ name: 'Deploys', state: 'live', conversation: { id: shop.general, name: 'general' } },
    lastUsedAt: api.deps.now().getTime(),
  })
  expect(await said()).toMatchObject([{ text: 'Deployed **3.1**.', sender: webhook!.bot.id }])
})

test('a delivery that is repeated with its key posts once', async () => {
  const key = { 'idempotency-key': crypto.randomUUID() }
  for (let i = 0; i < 2; i++) expect((await post(hook, { text: 'once' }, key)).status).toBe(200)
  expect(await said()).toHaveLength(1)
})

test('a key that comes again with another text is refused rather than answered with ok', async () => {
  const key = { 'idempotency-key': crypto.randomUUID() }
  await post(hook, { text: 'Deployed 3.1' }, key)
  const other = await post(hook, { text: 'Deployed 3.2' }, key)
  expect([other.status, other.body.error.code]).toEqual([422, 'key_reused'])
  expect(await said()).toHaveLength(1)
})

test('what a webhook cannot carry is refused rather than lost', async () => {
  for (const body of [{}, { text: '' }, { text: 'x', blocks: [] }, { text: 7 }, { text: 'x'.repeat(20_001) }])
    expect((await post(hook, body)).body.error.code, JSON.stringify(body)).toBe('bad_input')
  expect((await post(hook, { text: 'x'.repeat(300_000) })).status).toBe(413)
  const form = await post(hook, { text: 'x' }, { 'content-type': 'application/x-www-form-urlencoded' })
  expect(form.status).toBe(400)
  expect(await said()).toEqual([])
})

test('an address that is nobody’s is absent, and guessing is slowed down', async () => {
  const [, , , id, secret] = hook.split('/')
  const wrong = [`/api/hooks/${id}/nonsense`, `/api/hooks/404/${secret}`, `/api/hooks/x'--/${secret}`]
  for (const path of wrong) {
    const answer = await post(path, { text: 'x' })
    expect([answer.status, answer.body.error.code]).toEqual([404, 'not_found'])
  }
  for (let i = wrong.length; i < 30; i++) await post(wrong[0]!, { text: 'x' })
  expect((await post(wrong[0]!, { text: 'x' })).status).toBe(429)
  expect((await post(hook, { text: 'x' })).status).toBe(200)
})

test('each webhook has a rate limit of its own', async () => {
  const [, , , id] = hook.split('/')
  expect((await post(hook, { text: 'x' })).headers.get('ratelimit-remaining')).toBe('119')
  for (let i = 0; i < 119; i++) await api.deps.limiter.take('webhook', id!)
  const over = await post(hook, { text: 'x' })
  expect([over.status, over.body.error.code]).toEqual([429, 'too_many'])
  expect(Number(over.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await post(await shop.webhook('Alarms'), { text: 'x' })).status).toBe(200)
})

test('dan gives it a new address, and the old one is worth nothing; then he revokes it', async () => {
  const id = (await listed())[0]!.id
  const { url } = await perform(rotateWebhook, shop.dan, { webhook: id }, api.deps)
  const fresh = new URL(url).pathname
  expect((await post(hook, { text: 'x' })).status).toBe(404)
  expect((await post(fresh, { text: 'x' })).status).toBe(200)
  await perform(revokeWebhook, shop.dan, { webhook: id }, api.deps)
  expect((await post(fresh, { text: 'x' })).status).toBe(404)
  expect(await listed()).toMatchObject([{ state: 'revoked' }])
  await expect(perform(rotateWebhook, shop.dan, { webhook: id }, api.deps)).rejects.toMatchObject({
    code: 'not_found',
  })
  const log = (await auditLog(api)).filter((event) => event.action.startsWith('webhook.'))
  expect(log.map((event) => event.action)).toEqual(['webhook.created', 'webhook.rotated', 'webhook.revoked'])
  expect(JSON.stringify(log)).not.toContain(fresh.split('/').at(-1))
})

test('it ends with whoever made it, and does not come back with them', async () => {
  const olivia = await someone(api, 'olivia', 'owner')
  await perform(deactivate, olivia, { person: shop.dan.id }, api.deps)
  expect((await post(hook, { text: 'x' })).status).toBe(404)
  await api.db.sql`UPDATE people SET status = 'active' WHERE id = ${shop.dan.id}`
  expect((await post(hook, { text: 'x' })).status).toBe(404)
})

test('it ends when whoever made it, or gave it its address, administers no longer', async () => {
  const olivia = await someone(api, 'olivia', 'owner')
  const [{ id } = { id: '' }] = await listed()
  const { url } = await perform(rotateWebhook, olivia, { webhook: id }, api.deps)
  await perform(changeRole, olivia, { person: shop.dan.id, role: 'member' }, api.deps)
  const hers = new URL(url).pathname
  expect((await post(hers, { text: 'x' })).status).toBe(200)
  await someone(api, 'oscar', 'owner')
  await perform(changeRole, olivia, { person: olivia.id, role: 'member' }, api.deps)
  expect((await post(hers, { text: 'x' })).status).toBe(404)
})

test('a bot that was taken out of the channel posts nothing more', async () => {
  const { id: ops } = await perform(createChannel, shop.dan, { name: 'ops', kind: 'private' }, api.deps)
  const made = await perform(createWebhook, shop.dan, { conversation: ops, name: 'Alarms' }, api.deps)
  const path = new URL(made.url).pathname
  expect((await post(path, { text: 'x' })).status).toBe(200)
  await perform(removeFromChannel, shop.dan, { conversation: ops, person: made.bot.id }, api.deps)
  expect((await post(path, { text: 'x' })).status).toBe(404)
})

test('nothing is posted into an archived channel, and no webhook is made for it', async () => {
  const { id: old } = await perform(createChannel, shop.dan, { name: 'old', kind: 'public' }, api.deps)
  const make = () => perform(createWebhook, shop.dan, { conversation: old, name: 'Alarms' }, api.deps)
  const path = new URL((await make()).url).pathname
  await perform(archiveChannel, shop.dan, { conversation: old, archived: true }, api.deps)
  expect((await post(path, { text: 'x' })).body.error.code).toBe('conflict')
  await expect(make()).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('archived'),
  })
})

test('nobody makes a webhook into a private channel that they are not in, nor without the permission', async () => {
  const { id: board } = await perform(createChannel, shop.alice, { name: 'board', kind: 'private' }, api.deps)
  const make = (who: Parameters<typeof perform>[1], conversation: string) =>
    perform(createWebhook, who, { conversation, name: 'Spy' }, api.deps)
  await expect(make(shop.dan, board)).rejects.toMatchObject({ code: 'not_found' })
  await expect(make(shop.alice, shop.general)).rejects.toMatchObject({ code: 'not_allowed' })
  const olivia = await someone(api, 'olivia', 'owner')
  const { id: ops } = await perform(createChannel, olivia, { name: 'ops', kind: 'private' }, api.deps)
  const hers = await perform(createWebhook, olivia, { conversation: ops, name: 'Alarms' }, api.deps)
  await expect(perform(rotateWebhook, shop.dan, { webhook: hers.id }, api.deps)).rejects.toMatchObject({
    code: 'not_found',
  })
  await perform(revokeWebhook, shop.dan, { webhook: hers.id }, api.deps)
  const erin = await someone(api, 'erin', 'auditor')
  await expect(make(erin, shop.general)).rejects.toMatchObject({ code: 'not_allowed' })
  expect((await perform(listWebhooks, erin, { text: 'deploy' }, api.deps)).items).toHaveLength(1)
  expect((await perform(listWebhooks, erin, { text: '%' }, api.deps)).items).toEqual([])
})
