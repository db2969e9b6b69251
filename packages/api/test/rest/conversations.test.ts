import { perform } from '@parley/domain'
import { createChannel, inviteToConversation } from '@parley/domain/conversations/index'
import { indexMessages, sendMessage } from '@parley/domain/messages/index'
import { deactivate } from '@parley/domain/people/index'
import type { Id } from '@parley/protocol'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { someone } from '../../../../tests/support/people.ts'
import { openWorkshop, type Workshop } from '../support/bot.ts'
import { type TestApi, testApi } from '../support/browser.ts'

let api: TestApi
let shop: Workshop
beforeEach(async () => {
  api = await testApi()
  shop = await openWorkshop(api)
})
afterEach(() => api.close())

const channel = async (name: string, kind: 'public' | 'private'): Promise<Id> =>
  (await perform(createChannel, shop.alice, { name, kind }, api.deps)).id
const ids = (page: { body: { items: { id: Id }[] } }): Id[] => page.body.items.map((one) => one.id)

test('a bot joins a public channel, posts there, and leaves it', async () => {
  const releases = await channel('releases', 'public')
  const path = `/conversations/${releases}`
  expect((await shop.bot.get(path)).body).toMatchObject({ name: 'releases', kind: 'public', member: false })
  expect((await shop.bot.post(`${path}/messages`, { text: 'x' })).status).toBe(404)
  for (let i = 0; i < 2; i++) expect((await shop.bot.call('POST', `${path}/join`)).body).toEqual({ ok: true })
  expect((await shop.bot.post(`${path}/messages`, { text: 'Here I am.' })).status).toBe(201)
  expect(ids(await shop.bot.get('/conversations'))).toEqual([releases, shop.general].sort().reverse())
  expect((await shop.bot.get(`${path}/members`)).body).toEqual({
    items: [
      { person: shop.alice.id, role: 'owner' },
      { person: shop.made.bot.id, role: 'member' },
    ],
    next: null,
  })
  expect((await shop.bot.call('POST', `${path}/leave`)).status).toBe(200)
  expect(ids(await shop.bot.get('/conversations'))).toEqual([shop.general])
})

test('a private channel does not exist for a bot until alice invites it', async () => {
  const board = await channel('board', 'private')
  const path = `/conversations/${board}`
  for (const answer of [
    await shop.bot.get(path),
    await shop.bot.get(`${path}/members`),
    await shop.bot.call('POST', `${path}/join`),
    await shop.bot.call('POST', `${path}/leave`),
  ])
    expect([answer.status, answer.body.error.code]).toEqual([404, 'not_found'])
  await perform(
    inviteToConversation,
    shop.alice,
    { conversation: board, people: [shop.made.bot.id] },
    api.deps,
  )
  expect((await shop.bot.get(path)).body).toMatchObject({ kind: 'private', member: true, memberCount: 2 })
})

test('lists are walked page by page', async () => {
  for (const name of ['a', 'b', 'c']) await channel(name, 'public')
  const names: string[] = []
  let next: string | null = ''
  while (next !== null) {
    const page = await shop.bot.get(`/channels?limit=2${next && `&cursor=${next}`}`)
    names.push(...page.body.items.map((one: { name: string }) => one.name))
    next = page.body.next
  }
  expect(names).toEqual(['a', 'b', 'c', 'general'])
  for (const id of ids(await shop.bot.get('/channels?query=a')))
    await shop.bot.call('POST', `/conversations/${id}/join`)
  const first = await shop.bot.get('/conversations?limit=1')
  const second = await shop.bot.get(`/conversations?limit=1&cursor=${first.body.next}`)
  expect(new Set([...ids(first), ...ids(second)]).size).toBe(2)
})

test('people are listed by name, without those who were deactivated and without their addresses', async () => {
  const mallory = await someone(api, 'mallory')
  await perform(deactivate, shop.dan, { person: mallory.id }, api.deps)
  const people = await (await shop.withScopes('people:read')).get('/people')
  expect(people.body).toEqual({
    items: [
      { id: shop.alice.id, name: 'alice', title: '', kind: 'person', status: 'active' },
      { id: shop.made.bot.id, name: 'Build bot', title: '', kind: 'bot', status: 'active' },
      { id: shop.dan.id, name: 'dan', title: '', kind: 'person', status: 'active' },
    ],
    next: null,
  })
  expect(ids(await shop.bot.get('/people?query=LIC'))).toEqual([shop.alice.id])
})

test('each call needs its scope', async () => {
  const chatty = await shop.withScopes('messages:read', 'messages:write')
  const path = `/conversations/${shop.general}`
  for (const answer of [
    await chatty.get('/conversations'),
    await chatty.get(path),
    await chatty.get(`${path}/members`),
    await chatty.get('/channels'),
    await chatty.get('/people'),
    await chatty.call('POST', `${path}/join`),
    await chatty.call('POST', `${path}/leave`),
  ])
    expect([answer.status, answer.body.error.code]).toEqual([403, 'scope_missing'])
})

test('a bot makes a channel with alice in it, and speaks to her alone', async () => {
  const made = await shop.bot.post('/conversations', {
    ...{ kind: 'private', name: 'Build Reports', people: [shop.alice.id] },
  })
  expect([made.status, made.body.name]).toEqual([201, 'build-reports'])
  const path = `/conversations/${made.body.id}`
  expect((await shop.bot.get(path)).body).toMatchObject({ memberCount: 2, kind: 'private' })
  const joined = await shop.bot.post(`${path}/members`, { people: [shop.dan.id, shop.alice.id] })
  expect(joined.body).toEqual({ joined: [shop.dan.id] })
  const first = await shop.bot.post('/direct', { people: [shop.alice.id] })
  const again = await shop.bot.post('/direct', { people: [shop.alice.id] })
  expect([first.body.created, again.body]).toEqual([true, { id: first.body.id, created: false }])
  const taken = await shop.bot.post('/conversations', { kind: 'public', name: 'build reports' })
  expect([taken.status, taken.body.error.code]).toEqual([409, 'conflict'])
})

test('a bot finds what was said where it is, and nothing said elsewhere', async () => {
  const board = await channel('board', 'private')
  for (const conversation of [shop.general, board])
    await perform(
      sendMessage,
      shop.alice,
      { id: crypto.randomUUID(), conversation, text: 'green lanterns' },
      api.deps,
    )
  const changes = [shop.general, board].map((id): [Id, number, number] => [id, 1, 10])
  await perform(indexMessages, { kind: 'system', name: 'worker' }, { changes }, api.deps)
  const found = await shop.bot.get('/search?query=lanterns')
  expect(found.body.items).toMatchObject([{ conversation: shop.general, snippet: 'green «lanterns»' }])
  expect((await shop.bot.get('/search')).body.error.field).toBe('query')
})
