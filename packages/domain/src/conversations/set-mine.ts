import { myConversations } from '@parley/db/queries/my-conversations'
import { takePersonalVersion } from '@parley/db/queries/take-personal-versions'
import { zId } from '@parley/protocol'
import { z } from 'zod'
import { memberOf } from '../access.ts'
import { command } from '../command.ts'

/** What a conversation is to me: muted, a favourite. The same on all my devices. */
export const setMine = command({
  name: 'conversation.setMine',
  input: z.strictObject({
    conversation: zId,
    muted: z.boolean().optional(),
    favourite: z.boolean().optional(),
  }),
  access: memberOf,
  limit: 'write',
  tokens: 'never',
  audit: { none: 'how somebody arranges their own list concerns nobody else' },
  async run({ tx, scope, tell }, { conversation, muted = null, favourite = null }): Promise<void> {
    const person = scope.me.id
    const [changed] = await tx.sql`
      UPDATE memberships SET muted = coalesce(${muted}, muted), favourite = coalesce(${favourite}, favourite)
      WHERE conversation_id = ${conversation} AND person_id = ${person} AND left_at IS NULL
        AND (muted <> coalesce(${muted}, muted) OR favourite <> coalesce(${favourite}, favourite))
      RETURNING person_id`
    if (!changed) return
    const version = await takePersonalVersion(tx.sql, person)
    await tx.sql`
      UPDATE memberships SET person_version = ${version}
      WHERE conversation_id = ${conversation} AND person_id = ${person}`
    const [mine] = await myConversations(tx.sql, person, [conversation])
    const { membership, conversation: at } = mine!
    tell.person(person, { version, type: 'membership.changed', conversation, membership, at: at.version })
  },
})
