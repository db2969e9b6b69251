import { afterEach, beforeEach, expect, test } from 'vitest'
import { Browser, type TestApi, testApi } from './support/browser.ts'

let api: TestApi
let olivia: Browser
let channel: string
beforeEach(async () => {
  api = await testApi()
  olivia = new Browser(api.context)
  const begun = await olivia.post('/api/session/set-up', {
    ...{ organisation: 'E', name: 'Olivia', email: 'o@example.org', password: 'seven grey herons wait' },
  })
  channel = begun.body.channel
})
afterEach(() => api.close())

const NUL = 'a\u0000b'
const HALF = 'a\ud83d'
const FAR = Number.MAX_SAFE_INTEGER
const refusedAt = (name: string) => ({
  name,
  status: 400,
  code: 'bad_input',
  field: expect.stringMatching(/./),
})
const cursorOf = (place: unknown) => Buffer.from(JSON.stringify(place)).toString('base64url')

test('whoever sends what no database can hold is told where it is, and it is no failure of ours', async () => {
  const asked = [
    ['people.search', { text: NUL }],
    ['people.list', { text: NUL }],
    ['conversations.browse', { query: NUL }],
    ['conversations.browse', { cursor: cursorOf(NUL) }],
    ['conversations.members', { conversation: channel, query: NUL }],
    ['audit.list', { filter: { text: NUL } }],
    ['audit.list', { filter: { text: HALF } }],
    ['settings.history', { key: NUL }],
    ['audit.list', { filter: { actions: Array(1_000).fill('audit.read') } }],
    ['messages.threadHistory', { conversation: channel, root: '0', from: FAR, to: FAR }],
  ] as const
  const sent = [
    ['session.registerPush', { kind: 'fcm', token: NUL }],
    ['files.begin', { conversation: channel, name: 'a', type: NUL, size: 1 }],
    ['account.previewInvitations', { csv: `${NUL}@example.org` }],
    ['organisation.rename', { name: HALF }],
    ['conversations.change', { conversation: channel, topic: HALF }],
    ['messages.markRead', { conversation: channel, seq: FAR }],
    ['messages.markThreadRead', { conversation: channel, root: '1', replies: FAR }],
    ['exports.request', { format: 'csv', filter: { entity: { kind: HALF } } }],
    ['messages.send', { id: crypto.randomUUID(), conversation: channel, text: HALF }],
  ] as const
  for (const [name, input] of asked) {
    const { status, body } = await olivia.query(name, input)
    expect({ name, status, ...body.error?.data }).toMatchObject(refusedAt(name))
  }
  for (const [name, input] of sent) {
    const { status, body } = await olivia.mutate(name, input)
    expect({ name, status, ...body.error?.data }).toMatchObject(refusedAt(name))
  }
})
