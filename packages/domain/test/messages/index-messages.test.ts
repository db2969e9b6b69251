import { deleteMessage, editMessage, indexMessages, react, sendMessage } from '@parley/domain/messages/index'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { alice, bob, clientId, general, openRoom } from './room.ts'

const worker = { kind: 'system', name: 'worker' } as const
let room: Awaited<ReturnType<typeof openRoom>>
beforeEach(async () => {
  room = await openRoom()
})
afterEach(() => room.close())

const say = async (text: string) =>
  room.as(alice, sendMessage, { id: clientId(), conversation: general, text })
const index = (from: number, to: number) => room.as(worker, indexMessages, { changes: [[general, from, to]] })
const entries = () =>
  room.db.sql<{ body: string; version: number }>`SELECT body::text, version FROM message_search ORDER BY seq`

test('what alice says becomes findable, in whatever order and however often the worker is told', async () => {
  await say('one apple')
  await say('two pears')
  await say('three plums')
  for (const [from, to] of [
    [3, 3],
    [1, 2],
    [1, 3],
  ] as const)
    await index(from, to)
  expect((await entries()).map((e) => e.body)).toEqual([
    "'apple':2 'one':1",
    "'pears':2 'two':1",
    "'plums':2 'three':1",
  ])
  expect(await index(1, 3)).toEqual({ entries: 0 })
})

test('an edit is found by its new words only, and a late job does not bring the old ones back', async () => {
  const { message } = await say('the secret word')
  await index(1, 1)
  await room.as(alice, editMessage, { conversation: general, message, text: 'nothing' })
  await index(2, 2)
  await index(1, 1)
  expect(await entries()).toEqual([{ body: "'nothing':1", version: 2 }])
  await room.db.sql`UPDATE messages SET version = 1, text = 'the secret word'`
  await index(1, 1)
  expect(await entries()).toEqual([{ body: "'nothing':1", version: 2 }])
})

test('nothing of a deleted message stays, also when the job of its sending comes last', async () => {
  const { message } = await say('regretted')
  await room.as(alice, deleteMessage, { conversation: general, message })
  await index(2, 2)
  await index(1, 1)
  expect(await entries()).toEqual([{ body: '', version: 2 }])
})

test('a reaction leaves the words as they are', async () => {
  const { message } = await say('cake')
  await index(1, 1)
  await room.as(bob, react, { conversation: general, message, emoji: '🎂', on: true })
  await index(2, 2)
  expect(await entries()).toEqual([{ body: "'cake':1", version: 2 }])
})

test('only the system indexes', async () => {
  await expect(room.as(alice, indexMessages, { changes: [] })).rejects.toMatchObject({ code: 'not_allowed' })
})
