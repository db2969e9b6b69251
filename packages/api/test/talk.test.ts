import { perform } from '@parley/domain'
import { indexMessages } from '@parley/domain/messages/index'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Browser, type TestApi, testApi } from './support/browser.ts'

let api: TestApi
let olivia: Browser
let bob: Browser
beforeEach(async () => {
  api = await testApi()
  olivia = new Browser(api.context)
  await olivia.post('/api/session/set-up', {
    ...{
      organisation: 'Example',
      name: 'Olivia',
      email: 'olivia@example.org',
      password: 'seven grey herons wait',
    },
  })
  const { link } = await data(olivia.mutate('account.invite', { email: 'bob@example.org', role: 'member' }))
  bob = new Browser(api.context)
  await bob.post('/api/session/accept-invitation', {
    ...{ token: link.split('/').at(-1), name: 'Bob', password: 'nine blue herons wait' },
  })
})
afterEach(() => api.close())

// biome-ignore lint/suspicious/noExplicitAny: whatever the procedure answers
async function data(answer: Promise<{ status: number; body: any }>): Promise<any> {
  const { status, body } = await answer
  if (status !== 200) throw Object.assign(new Error(body?.error?.message), body?.error?.data)
  return body.result.data
}

test('olivia makes a channel, bob finds it, joins, reads, answers, and finds what was said', async () => {
  const { id } = await data(olivia.mutate('conversations.create', { kind: 'public', name: 'Plans' }))
  const say = (who: Browser, text: string) =>
    data(who.mutate('messages.send', { id: crypto.randomUUID(), conversation: id, text }))
  await say(olivia, 'grey herons')

  const { items } = await data(bob.query('conversations.browse', { query: 'plan' }))
  expect(items).toMatchObject([{ id, name: 'plans', joined: false, memberCount: 1 }])
  await data(bob.mutate('conversations.join', { conversation: id }))
  const history = await data(bob.query('messages.history', { conversation: id, from: 1, to: 10 }))
  expect(history.messages).toMatchObject([{ text: 'grey herons', ordinal: 1 }])
  const { message } = await say(bob, 'and blue ones')
  await data(bob.mutate('messages.edit', { conversation: id, message, text: 'and blue herons' }))

  await api.deps.messages.drain()
  for (const job of api.jobs)
    if (job.name === 'messages.changed')
      await perform(indexMessages, { kind: 'system', name: 'worker' }, job.payload, api.deps)
  const found = await data(olivia.query('messages.search', { query: 'heron' }))
  expect(found.items.map((hit: { snippet: string }) => hit.snippet)).toEqual([
    'and blue «herons»',
    'grey «herons»',
  ])
  expect(await data(olivia.query('messages.find', { message }))).toMatchObject({
    conversation: id,
    ordinal: 2,
  })
})

test('what bob may not see is answered with 404, and what he may not do with 403', async () => {
  const { id } = await data(olivia.mutate('conversations.create', { kind: 'private', name: 'secret' }))
  expect((await bob.mutate('conversations.join', { conversation: id })).status).toBe(404)
  expect((await bob.query('conversations.members', { conversation: id })).status).toBe(404)
  expect((await bob.query('conversations.list')).status).toBe(403)
  expect((await olivia.query('conversations.list')).body.result.data).toMatchObject({ total: 2 })
  const taken = await bob.mutate('conversations.create', { kind: 'public', name: 'secret' })
  expect([taken.status, taken.body.error.data]).toMatchObject([409, { code: 'conflict', field: 'name' }])
})
