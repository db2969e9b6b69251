import { insertConversation } from '@parley/db/queries/conversations/insert-conversation'
import { type ConversationKind, type Id, LIMITS, ParleyError, zId } from '@parley/protocol'
import { z } from 'zod'
import { signedIn } from '../access.ts'
import { command } from '../command.ts'
import { oneLineOrNothing } from '../one-line.ts'
import { addPeople } from './add-people.ts'
import { zChannelName } from './channel-name.ts'
import { entityOf } from './entity.ts'
import { PEOPLE_AT_ONCE } from './invite.ts'
import { requireWelcome } from './welcome.ts'

type Created = { id: Id; name: string; kind: ConversationKind; joined: Id[] }

/** Makes a channel, owned by who makes it, with its first people in it. */
export const createChannel = command({
  name: 'conversation.create',
  input: z.strictObject({
    kind: z.enum(['public', 'private']),
    name: zChannelName,
    topic: oneLineOrNothing(LIMITS.conversationTopic).optional(),
    purpose: oneLineOrNothing(LIMITS.conversationTopic).optional(),
    people: z.array(zId).max(PEOPLE_AT_ONCE).optional(),
  }),
  access: signedIn,
  limit: 'write',
  tokens: 'conversations:write',
  audit: ({ result }: { result: Created }) => ({
    action: 'conversation.created',
    entity: entityOf(result),
    after: { kind: result.kind, people: result.joined },
  }),
  async run(context, { kind, name, topic = '', purpose = '', people = [] }): Promise<Created> {
    const { tx, scope, deps } = context
    const me = scope.me.id
    await requireWelcome(tx.sql, people)
    const id = deps.newId()
    const made = await insertConversation(tx.sql, {
      ...{ id, kind, name, topic, purpose, directKey: null, createdBy: me, now: deps.now() },
    })
    if (!made)
      throw new ParleyError('conflict', `There is a channel named ${name} already.`, { field: 'name' })
    const others = [...new Set(people)].filter((person) => person !== me)
    const joined = await addPeople(context, id, [
      { person: me, role: 'owner' },
      ...others.map((person) => ({ person, role: 'member' as const })),
    ])
    return { id, name, kind, joined }
  },
})
