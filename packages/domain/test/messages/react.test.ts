import { history, react, sendMessage } from '@parley/domain/messages/index'
import type { Message, Reaction } from '@parley/protocol'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { alice, bob, clientId, general, openRoom } from './room.ts'

let room: Awaited<ReturnType<typeof openRoom>>
let message: string
beforeEach(async () => {
  room = await openRoom()
  const sent = { id: clientId(), conversation: general, text: 'ship it?' }
  message = (await room.as(alice, sendMessage, sent)).message
})
afterEach(() => room.close())

const put = (who: typeof alice, emoji: string, on = true): Promise<Message> =>
  room.as(who, react, { conversation: general, message, emoji, on })
const kept = async (): Promise<Reaction[]> => {
  const page = await room.as(alice, history, { conversation: general, from: 1, to: 1 })
  return page.messages[0].reactions
}

test.each([
  ['the name of somebody else', '✔verified-Olivia-Harbour(owner)'],
  ['a wide row', '\uFDFD'.repeat(64)],
  ['what turns the line round', 'a\u202Eb'],
  ['half a character', '\ud83d'],
])('bob reacts with %s: he is told what would do, and nobody else is told anything', async (_, emoji) => {
  const before = room.events().length
  await expect(put(bob, emoji)).rejects.toMatchObject({
    ...{ code: 'bad_input', field: 'emoji' },
    message: expect.stringMatching(
      /^emoji: must (be one emoji or its short name|not contain half a surrogate pair)/,
    ),
  })
  expect(room.events()).toHaveLength(before)
  expect(await kept()).toEqual([])
})

test('what is told of a reaction is what a fresh fetch answers, short names as they were sent', async () => {
  for (const emoji of ['👩🏻‍❤️‍💋‍👨🏿', '❤', ':partyparrot:', 'thumbsup::skin-tone-3'])
    expect((await put(bob, emoji)).reactions).toEqual(await kept())
  expect((await kept()).map(({ emoji }) => emoji)).toEqual([
    '👩🏻‍❤️‍💋‍👨🏿',
    '❤',
    ':partyparrot:',
    'thumbsup::skin-tone-3',
  ])
})

test('what was kept before, or came with a history, is read, joined and taken back as it is', async () => {
  const old = ['✔verified', 'ありがとう', '\u202E', 'Z\u0336\u0336\u0336\u0336\u0336\u0336']
  const reactions = old.map((emoji) => ({ emoji, people: [alice.id] }))
  await room.db.sql`UPDATE messages SET reactions = ${JSON.stringify(reactions)}::jsonb WHERE id = ${message}`
  expect(await kept()).toEqual(reactions)
  for (const emoji of old) await put(bob, emoji)
  expect((await kept()).map(({ people }) => people)).toEqual(old.map(() => [alice.id, bob.id]))
  for (const emoji of old) for (const who of [alice, bob]) await put(who, emoji, false)
  expect(await kept()).toEqual([])
  await expect(put(bob, old[0]!)).rejects.toMatchObject({ code: 'bad_input' })
})
