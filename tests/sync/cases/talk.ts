import { sendMessage } from '@parley/domain/messages/index'
import type { Id } from '@parley/protocol'
import type { Someone } from '../../support/people.ts'
import type { World } from '../world.ts'

export const say = (world: World, who: Someone, conversation: Id, text: string, root?: Id) =>
  world.as(who, sendMessage, { id: crypto.randomUUID(), conversation, text, ...(root && { root }) })

export async function messageAt(world: World, conversation: Id, seq: number): Promise<Id> {
  const [row] = await world.db.sql<{ id: Id }>`
    SELECT id FROM messages WHERE conversation_id = ${conversation} AND seq = ${seq}`
  return row!.id
}

/**
 * alice: 1 hello, 2 <@bob>, 4 third; bob: 3 <!channel>, 5 a reply to hello that mentions carol; carol: 6 a reply.
 * carol has read nothing, bob up to his own.
 */
export async function talk(world: World): Promise<Id> {
  const { alice, bob, carol } = world
  const room = await world.room('public', alice, bob, carol)
  const { message: hello } = await say(world, alice, room, 'hello')
  await say(world, alice, room, `look, <@${bob.id}>`)
  await say(world, bob, room, '<!channel> all of you')
  await say(world, alice, room, 'third')
  await say(world, bob, room, `what does <@${carol.id}> think?`, hello)
  await say(world, carol, room, 'fine', hello)
  return room
}
