import { perform } from '@parley/domain'
import { createChannel, inviteToConversation } from '@parley/domain/conversations/index'
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
