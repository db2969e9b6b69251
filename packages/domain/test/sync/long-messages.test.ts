import { type SyncPart, sync } from '@parley/domain/sync/sync'
import type { Id, Message } from '@parley/protocol'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sendMessage } from '../../src/messages/send-message.ts'
import { alice, bob, clientId, general, openRoom } from '../messages/room.ts'

/** Three bytes a character. */
const LONG = '字'.repeat(20_000)
const MEGABYTE = 1_048_576

let room: Awaited<ReturnType<typeof openRoom>>
beforeEach(async () => {
  room = await openRoom()
})
afterEach(() => room.close())

const say = (text: string, more: { conversation?: Id; root?: Id } = {}) =>
  room.as(alice, sendMessage, { id: clientId(), conversation: general, text, ...more })

async function channel(id: Id): Promise<Id> {
  await room.db
    .sql`INSERT INTO conversations (id, kind, name, created_by, member_count) VALUES (${id}, 'public', ${id}, ${alice.id}, 2)`
  await room.db
    .sql`INSERT INTO memberships (conversation_id, person_id) VALUES (${id}, ${alice.id}), (${id}, ${bob.id})`
  return id
}

const catchUp = async (conversations: Id[]): Promise<SyncPart[]> =>
  await Array.fromAsync(
    await room.as(bob, sync, { person: 0, conversations: conversations.map((id) => [id, 0, 1]) }),
  )
const sizeOf = (part: SyncPart) => Buffer.byteLength(JSON.stringify(part))
const messagesIn = (parts: SyncPart[], of: Id): Message[] =>
  parts.flatMap(({ changes }) => changes.flatMap((one) => (one.conversation === of ? one.messages : [])))

test('bob catches up with megabytes of long messages in parts of a few hundred kilobytes, and then holds all of them in order (rule 15)', async () => {
  const quiet = await channel('22')
  const other = await channel('23')
  for (const conversation of [general, other]) for (let i = 0; i < 12; i++) await say(LONG, { conversation })
  const parts = await catchUp([general, quiet, other])
  expect(parts.reduce((sum, part) => sum + sizeOf(part), 0)).toBeGreaterThan(1.3 * MEGABYTE)
  expect(Math.max(...parts.map(sizeOf))).toBeLessThan(MEGABYTE / 4)
  const twelve = Array.from({ length: 12 }, (_, i) => i + 1)
  for (const conversation of [general, other])
    expect(messagesIn(parts, conversation).map(({ version }) => version)).toEqual(twelve)
  // each part says how far whoever holds it is, and the last one that this is all
  for (const { changes } of parts)
    for (const { version, messages } of changes) expect(messages.at(-1)?.version ?? 0).toBe(version)
  expect(parts.map(({ next }) => next)).toEqual([...parts.slice(1).map(() => 'changes'), null])
})

test('a reply comes in the same part as its root, which it changed', async () => {
  const { message: root } = await say(LONG)
  await say(LONG)
  await say(LONG)
  await say(LONG, { root })
  await say('short')
  const parts = await catchUp([general])
  const versions = parts.flatMap(({ changes }) =>
    changes.map(({ version, messages }) => ({ version, seqs: messages.map(({ seq }) => seq) })),
  )
  // with the root alone the part would be full
  expect(versions).toEqual([
    { version: 4, seqs: [2, 3, 1, 4] },
    { version: 5, seqs: [5] },
  ])
})
