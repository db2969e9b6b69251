import { type SyncPart, sync } from '@parley/domain/sync/sync'
import { LIMITS } from '@parley/protocol'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sendMessage } from '../../src/messages/send-message.ts'
import { alice, bob, clientId, general, openRoom } from '../messages/room.ts'

const ME = `<@${bob.id}>`
const EVERYBODY = '<!channel>'

let room: Awaited<ReturnType<typeof openRoom>>
beforeEach(async () => {
  room = await openRoom()
})
afterEach(() => room.close())

const say = (text: string, who = alice) =>
  room.as(who, sendMessage, { id: clientId(), conversation: general, text })
async function unread(): Promise<number[]> {
  const parts: SyncPart[] = await Array.fromAsync(await room.as(bob, sync, { person: 0, conversations: [] }))
  return parts[0]!.conversations[0]!.membership.mentionSeqs
}

test('bob, mentioned by his name, with everybody and both ways at once, is told of each message once, in order', async () => {
  for (const text of [ME, 'nobody', EVERYBODY, `${EVERYBODY} ${ME}`, ME]) await say(text)
  expect(await unread()).toEqual([1, 3, 4, 5])
  await say(`${EVERYBODY}, says bob, who has read what was there`, bob)
  expect(await unread()).toEqual([])
})

test('of more than are shown he is told of the newest, whichever way they mention him', async () => {
  const texts = Array.from({ length: LIMITS.mentionSeqs + 20 }, (_, i) => (i % 3 === 0 ? EVERYBODY : ME))
  await Promise.all(texts.map((text) => say(text)))
  expect(await unread()).toEqual(Array.from({ length: LIMITS.mentionSeqs }, (_, i) => i + 21))
})
