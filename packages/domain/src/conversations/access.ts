import { lockConversation } from '@parley/db/queries/lock-conversation'
import { type ConversationKind, type Id, ParleyError } from '@parley/protocol'
import { type Access, type MyConversation, memberOf, permitted, type Reader, somebody } from '../access.ts'
import type { PersonActor, SomeBody } from '../actor.ts'

type Named = { conversation: Id }
export type ThatConversation = { id: Id; kind: ConversationKind; name: string | null; archived: boolean }

/** `held`: what only `heldMember` gives, so that nothing which needs the conversation held is done without. */
export type HeldConversation = MyConversation & { held: true }

/**
 * A member, judged once more while the conversation is held: what was true then stays true until the act is over.
 * Who is no member never makes anybody wait.
 */
export const heldMember: Access<Named, HeldConversation> = async (at) => {
  await memberOf(at)
  await lockConversation(at.tx.sql, at.input.conversation)
  return { ...(await memberOf(at)), held: true }
}

export type Readable = { me: SomeBody; conversation: ThatConversation; member: boolean }

/** A conversation that the actor is a member of, or a public channel, which everybody may look into; else it looks absent. */
export const readable: Access<Named, Readable> = async ({ tx, actor, input }) => {
  const me = somebody(actor)
  const [row] = await tx.sql<ThatConversation & { member: boolean }>`
    SELECT c.id, c.kind, c.name, c.archived_at IS NOT NULL AS archived, m.person_id IS NOT NULL AS member
    FROM conversations c
    LEFT JOIN memberships m ON m.conversation_id = c.id AND m.person_id = ${me.id} AND m.left_at IS NULL
    WHERE c.id = ${input.conversation} AND (c.kind = 'public' OR m.person_id IS NOT NULL)`
  if (!row) throw new ParleyError('not_found')
  const { member, ...conversation } = row
  return { me, conversation, member }
}

/** The same, held. */
export const heldReadable: Access<Named, Readable> = async (at) => {
  await readable(at)
  await lockConversation(at.tx.sql, at.input.conversation)
  return readable(at)
}

export type Administered = { me: PersonActor; conversation: ThatConversation }

/** A channel, held, for who administers conversations without being in them. */
export const administered: Access<Named, Administered> = async (at) => {
  const { me } = await permitted('conversations.manage')(at)
  await lockConversation(at.tx.sql, at.input.conversation)
  const conversation = await thatChannel(at.tx, at.input.conversation)
  if (!conversation) throw new ParleyError('not_found', 'There is no such channel.')
  return { me, conversation }
}

async function thatChannel(tx: Reader, id: Id): Promise<ThatConversation | undefined> {
  const [row] = await tx.sql<ThatConversation>`
    SELECT id, kind, name, archived_at IS NOT NULL AS archived FROM conversations
    WHERE id = ${id} AND kind IN ('public', 'private')`
  return row
}
