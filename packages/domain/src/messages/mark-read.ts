import { myConversations } from '@parley/db/queries/my-conversations'
import { takePersonalVersion } from '@parley/db/queries/take-personal-versions'
import { zId } from '@parley/protocol'
import { z } from 'zod'
import { memberOf } from '../access.ts'
import { command } from '../command.ts'
import { zCount } from '../count.ts'

const input = z.strictObject({
  conversation: zId,
  /** Everything up to here is read. */
  seq: zCount,
  /** Moves the position back ("mark unread from here"); without it, it only ever moves forward. */
  back: z.boolean().optional(),
})

/** Moves a person's read position, on all their devices. */
export const markRead = command({
  name: 'conversation.mark_read',
  input,
  access: memberOf,
  limit: 'message',
  tokens: 'messages:write',
  audit: { none: 'a read position is the person’s own' },
  async run({ tx, scope, tell }, { conversation, seq, back = false }) {
    const person = scope.me.id
    const [moved] = await tx.sql`
      UPDATE memberships m SET read_seq = t.seq, read_ordinal = t.ordinal
      FROM (
        SELECT least(${seq}::int, c.last_seq) AS seq,
          CASE WHEN ${seq}::int >= c.last_seq THEN c.roots ELSE roots_up_to(c.id, ${seq}::int) END AS ordinal
        FROM conversations c WHERE c.id = ${conversation}
      ) t
      WHERE m.conversation_id = ${conversation} AND m.person_id = ${person}
        AND (t.seq > m.read_seq OR (${back}::boolean AND t.seq < m.read_seq))
      RETURNING m.read_seq`
    if (!moved) return
    const version = await takePersonalVersion(tx.sql, person)
    await tx.sql`UPDATE memberships SET person_version = ${version} WHERE conversation_id = ${conversation} AND person_id = ${person}`
    const [mine] = await myConversations(tx.sql, person, [conversation])
    if (!mine) return
    const { membership } = mine
    const at = mine.conversation.version
    tell.person(person, { version, type: 'membership.changed', conversation, membership, at })
  },
})
