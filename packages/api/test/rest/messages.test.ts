import { perform } from '@parley/domain'
import { revokeToken } from '@parley/domain/integrations/index'
import { sendMessage } from '@parley/domain/messages/index'
import { deactivate } from '@parley/domain/people/index'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { someone } from '../../../../tests/support/people.ts'
import { channelOf, openWorkshop, Program, type Workshop } from '../support/bot.ts'
import { Browser, type TestApi, testApi } from '../support/browser.ts'

let api: TestApi
let shop: Workshop
let messages: string
beforeEach(async () => {
  api = await testApi()
  shop = await openWorkshop(api)
  messages = `/conversations/${shop.general}/messages`
})
afterEach(() => api.close())

const say = (text: string, root?: string) =>
  perform(
    sendMessage,
    shop.alice,
    { id: crypto.randomUUID(), conversation: shop.general, text, ...(root && { root }) },
    api.deps,
  )

test('a bot posts what alice then reads, and reads what alice says', async () => {
  const posted = await shop.bot.post(messages, { text: 'Build **214** is green.' })
  expect([posted.status, posted.body]).toMatchObject([
    201,
    { conversation: shop.general, root: null, seq: 1, ordinal: 1, version: 1 },
  ])
  await say('Well done.')
  const page = await shop.bot.get(messages)
  expect(page.body).toMatchObject({
    items: [
      { text: 'Well done.', sender: shop.alice.id },
      { id: posted.body.id, text: 'Build **214** is green.', sender: shop.made.bot.id, reactions: [] },
    ],
    next: null,
  })
  expect(Object.keys(page.body.items[0])).not.toContain('client')
})

test('a request that is repeated with its key posts once', async () => {
  const key = crypto.randomUUID()
  const post = (name: string, value: string) => shop.bot.post(messages, { text: 'once' }, { [name]: value })
  const first = await post('Idempotency-Key', key)
  const again = await post('idempotency-key', `"${key.toUpperCase()}"`)
  expect([again.status, again.body]).toEqual([first.status, first.body])
  expect((await shop.bot.post(messages, { text: 'once' })).body.id).not.toBe(first.body.id)
  expect((await shop.bot.get(messages)).body.items).toHaveLength(2)
  const wrong = await post('idempotency-key', 'abc')
  expect([wrong.status, wrong.body.error.field]).toEqual([400, 'Idempotency-Key'])
})

test('a key that comes again with another message is refused, and nothing is posted', async () => {
  const key = { 'idempotency-key': crypto.randomUUID() }
  const post = (body: object, path = messages) => shop.bot.post(path, body, key)
  const first = await post({ text: 'The first.' })
  for (const other of [
    { text: 'The second.' },
    { text: 'The first. ' },
    { text: 'The first.', root: first.body.id },
  ]) {
    const answer = await post(other)
    expect([answer.status, answer.body.error]).toEqual([
      422,
      {
        code: 'key_reused',
        message:
          'This Idempotency-Key came before with another message. Give every message a key of its own.',
      },
    ])
  }
  expect((await shop.bot.get(messages)).body.items).toHaveLength(1)
  // whatever became of the first: the repetition is judged by what it said
  await shop.bot.call('PATCH', `${messages}/${first.body.id}`, { text: 'Rewritten.' })
  expect((await post({ text: 'The first.' })).body).toEqual(first.body)
  expect((await post({ text: 'Rewritten.' })).status).toBe(422)
  await shop.bot.call('DELETE', `${messages}/${first.body.id}`)
  expect((await post({ text: 'The first.' })).body).toEqual(first.body)
  const elsewhere = await channelOf(api, 'elsewhere', [shop.made.bot.id])
  expect((await post({ text: 'Another.' }, `/conversations/${elsewhere}/messages`)).status).toBe(201)
})

test('two of the same at the same moment post once; two different ones under one key, one', async () => {
  const key = { 'idempotency-key': crypto.randomUUID() }
  const answers = await Promise.all(
    ['a', 'b', 'a', 'b'].map((text) => shop.bot.post(messages, { text }, key)),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 422, 422])
  expect((await shop.bot.get(messages)).body.items).toHaveLength(1)
})

test('history goes back page by page, and new messages do not shift it', async () => {
  for (let i = 1; i <= 7; i++) await say(`m${i}`)
  const first = (await shop.bot.get(`${messages}?limit=3`)).body
  await say('meanwhile')
  const second = (await shop.bot.get(`${messages}?limit=3&cursor=${first.next}`)).body
  const third = (await shop.bot.get(`${messages}?limit=3&cursor=${second.next}`)).body
  const texts = [first, second, third].map((page) => page.items.map((m: { text: string }) => m.text))
  expect(texts).toEqual([['m7', 'm6', 'm5'], ['m4', 'm3', 'm2'], ['m1']])
  expect(third.next).toBeNull()
  const wrong = await shop.bot.get(`${messages}?cursor=nonsense`)
  expect([wrong.status, wrong.body.error.field]).toEqual([400, 'cursor'])
})

test('replies are listed under the message that they answer', async () => {
  const root = await say('Shall we release?')
  for (const text of ['one', 'two', 'three'])
    expect((await shop.bot.post(messages, { text, root: root.message })).status).toBe(201)
  const page = await shop.bot.get(messages)
  expect(page.body.items).toMatchObject([
    { id: root.message, thread: { replies: 3, people: [shop.made.bot.id] } },
  ])
  const replies = `${messages}/${root.message}/replies`
  const newest = (await shop.bot.get(`${replies}?limit=2`)).body
  expect(newest.items.map((m: { text: string }) => m.text)).toEqual(['three', 'two'])
  const rest = (await shop.bot.get(`${replies}?limit=2&cursor=${newest.next}`)).body
  expect(rest).toMatchObject({ items: [{ text: 'one', root: root.message }], next: null })
})

test('a bot rewrites and deletes its own messages and nobody else’s', async () => {
  const { id } = (await shop.bot.post(messages, { text: 'rde' })).body
  const edited = await shop.bot.call('PATCH', `${messages}/${id}`, { text: 'red' })
  expect([edited.status, edited.body]).toMatchObject([200, { id, text: 'red', editedAt: expect.any(Number) }])
  expect((await shop.bot.call('DELETE', `${messages}/${id}`)).status).toBe(204)
  expect((await shop.bot.get(`${messages}/${id}`)).body).toMatchObject({ text: '', gone: 'deleted' })
  const hers = (await say('mine')).message
  for (const answer of [
    await shop.bot.call('PATCH', `${messages}/${hers}`, { text: 'x' }),
    await shop.bot.call('DELETE', `${messages}/${hers}`),
  ])
    expect([answer.status, answer.body.error.code]).toEqual([403, 'not_allowed'])
})

test('a bot reacts once, and takes it back', async () => {
  const { message } = await say('Ship it?')
  const path = `${messages}/${message}/reactions/${encodeURIComponent('👍')}`
  for (let i = 0; i < 2; i++)
    expect((await shop.bot.call('PUT', path)).body.reactions).toEqual([
      { emoji: '👍', people: [shop.made.bot.id] },
    ])
  expect((await shop.bot.call('DELETE', path)).body.reactions).toEqual([])
  expect((await shop.bot.call('PUT', `${messages}/${message}/reactions/%E0%A4%A`)).status).toBe(400)
  const posing = `${messages}/${message}/reactions/${encodeURIComponent('✔verified-Olivia(owner)')}`
  expect((await shop.bot.call('PUT', posing)).body.error).toMatchObject({
    ...{ code: 'bad_input', field: 'emoji' },
    message: 'emoji: must be one emoji or its short name, such as 🎉 or tada',
  })
  expect((await shop.bot.call('DELETE', posing)).body.reactions).toEqual([])
})

test('what the bot is not a member of does not exist for it', async () => {
  const elsewhere = await channelOf(api, 'board', [shop.alice.id])
  for (const answer of [
    await shop.bot.get(`/conversations/${elsewhere}/messages`),
    await shop.bot.post(`/conversations/${elsewhere}/messages`, { text: 'hello?' }),
    await shop.bot.get('/conversations/404/messages'),
  ])
    expect([answer.status, answer.body.error.code]).toEqual([404, 'not_found'])
})

test('each call needs its scope', async () => {
  const reader = await shop.withScopes('messages:read')
  const writer = await shop.withScopes('messages:write')
  expect((await reader.get(messages)).status).toBe(200)
  const { id } = (await writer.post(messages, { text: 'hello' })).body
  const refused = [
    await reader.post(messages, { text: 'hello' }),
    await reader.call('PATCH', `${messages}/${id}`, { text: 'x' }),
    await reader.call('DELETE', `${messages}/${id}`),
    await reader.call('PUT', `${messages}/${id}/reactions/x`),
    await writer.get(messages),
    await writer.get(`${messages}/${id}`),
    await writer.get(`${messages}/${id}/replies`),
  ]
  for (const { status, body } of refused) expect([status, body.error.code]).toEqual([403, 'scope_missing'])
  expect(refused[0]!.body.error.message).toContain('messages:write')
  for (const bot of [reader, writer]) expect((await bot.get('/me')).status).toBe(200)
})

test('every part of a request is parsed strictly', async () => {
  const wrong: [Awaited<ReturnType<Program['get']>>, string | undefined][] = [
    [await shop.bot.get(`${messages}?limit=0`), 'limit'],
    [await shop.bot.get(`${messages}?limit=1&limit=2`), 'limit'],
    [await shop.bot.get(`${messages}?page=2`), undefined],
    [await shop.bot.get('/conversations/general/messages'), 'conversation'],
    [await shop.bot.post(messages, { text: '  ' }), 'text'],
    [await shop.bot.post(messages, { text: 'x'.repeat(20_001) }), 'text'],
    [await shop.bot.post(messages, { text: 'x', sender: shop.alice.id }), undefined],
    [await shop.bot.post(messages, '{"text":'), undefined],
    [await shop.bot.post(messages, '{"text":"x"}', { 'content-type': 'text/plain' }), undefined],
  ]
  for (const [{ status, body }, field] of wrong)
    expect([status, body.error.code, body.error.field], body.error.message).toEqual([400, 'bad_input', field])
  expect((await shop.bot.post(messages, { text: 'x'.repeat(300_000) })).body.error.code).toBe('too_large')
  expect((await shop.bot.post(messages, { text: '\u{1F600}'.repeat(10_000) })).status).toBe(201)
  expect((await shop.bot.get('/nothing')).body.error.code).toBe('not_found')
})

test('a token that is revoked, expired or whose maker is shut out is worth nothing', async () => {
  const works = async (bot: Program) => (await bot.get('/me')).status
  const other = await shop.withScopes('messages:read')
  await perform(revokeToken, shop.dan, { token: shop.made.id }, api.deps)
  expect(await works(shop.bot)).toBe(401)
  expect(await works(other)).toBe(200)
  api.clock.advance(30 * 86_400_000)
  const late = await other.get('/me')
  expect([late.status, late.body.error.code]).toEqual([401, 'signed_out'])
  expect(late.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"')
})

test('whoever is shut out takes their tokens with them', async () => {
  const olivia = await someone(api, 'olivia', 'owner')
  await perform(deactivate, olivia, { person: shop.dan.id }, api.deps)
  expect((await shop.bot.get('/me')).status).toBe(401)
})

test('a session’s cookies count for nothing here', async () => {
  const alice = new Browser(api.context)
  alice.cookies.set('parley-3000-access', shop.alice.tokens.access)
  alice.cookies.set('parley-3000-device', shop.alice.tokens.device)
  expect((await alice.query('people.me')).status).toBe(200)
  const answer = await alice.get(`/api/v1${messages}`)
  expect([answer.status, answer.body.error.code]).toEqual([401, 'signed_out'])
  expect(answer.headers.get('www-authenticate')).toBe('Bearer')
})

test('a page of anybody may call with a token', async () => {
  const asked = await shop.bot.call('OPTIONS', messages, undefined, { origin: 'https://tools.example' })
  expect(asked.status).toBe(204)
  expect(asked.headers.get('access-control-allow-headers')).toContain('Authorization')
  const posted = await shop.bot.post(messages, { text: 'x' }, { origin: 'https://tools.example' })
  expect(posted.status).toBe(201)
  expect(posted.headers.get('access-control-allow-origin')).toBe('*')
  expect(posted.headers.has('access-control-allow-credentials')).toBe(false)
  const nobody = new Program(api.context, null)
  const refused = await nobody.post(messages, { text: 'x' }, { origin: 'https://tools.example' })
  expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([401, '*'])
})

test('every answer says how much is left, and the last says when to come back', async () => {
  const left = (answer: { headers: Headers }) => Number(answer.headers.get('ratelimit-remaining'))
  const first = await shop.bot.get(messages)
  expect(first.headers.get('ratelimit-limit')).toBe('600')
  expect(first.headers.get('ratelimit-policy')).toBe('600;w=60')
  expect(Number(first.headers.get('ratelimit-reset'))).toBeGreaterThan(0)
  expect(left(await shop.bot.get(messages))).toBe(left(first) - 1)
  expect(left(await shop.bot.get('/conversations/404/messages'))).toBe(left(first) - 2)
  expect(left(await shop.bot.get(`${messages}?limit=x`))).toBe(left(first) - 2)
  for (let i = left(first) - 2; i > 0; i--) await api.deps.limiter.take('read', shop.made.bot.id)
  const over = await shop.bot.get(messages)
  expect([over.status, over.body.error.code, left(over)]).toEqual([429, 'too_many', 0])
  expect(Number(over.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await shop.bot.post(messages, { text: 'still' })).status).toBe(201)
})

test('guessing tokens is slowed down, for whoever guesses', async () => {
  const mallory = new Program(api.context, 'parley_nonsense')
  let last = await mallory.get('/me')
  expect(last.headers.get('ratelimit-limit')).toBe('30')
  for (let i = 0; i < 30; i++) last = await mallory.get('/me')
  expect([last.status, last.body.error.code]).toEqual([429, 'too_many'])
  expect((await shop.bot.get('/me')).status).toBe(200)
})
