import { type Id, ParleyError, zId } from '@parley/protocol'
import { z } from 'zod'
import { signedIn } from '../access.ts'
import { query } from '../command.ts'

/**
 * Where a message stands, for who follows a link to it. `place`: the ordinal among the roots of the message, or of the
 * root that it replies to; `ordinal`: of a reply, its place in the thread.
 */
export type Found = { conversation: Id; seq: number; ordinal: number; root: Id | null; place: number }

/** Resolves a message's id, for members of its conversation; a deleted message keeps its place. */
export const find = query({
  name: 'message.find',
  input: z.strictObject({ message: zId }),
  access: signedIn,
  limit: 'read',
  tokens: 'messages:read',
  async run({ tx, scope }, { message }): Promise<Found> {
    const [found] = await tx.sql<Found & { floor: number }>`
      SELECT m.conversation_id AS conversation, m.seq, m.ordinal, m.root_id AS root, coalesce(r.ordinal, m.ordinal) AS place,
        c.floor
      FROM memberships s
      JOIN conversations c ON c.id = s.conversation_id
      JOIN messages m ON m.conversation_id = s.conversation_id AND m.id = ${message}
      LEFT JOIN messages r ON r.conversation_id = m.conversation_id AND r.id = m.root_id
      WHERE s.person_id = ${scope.me.id} AND s.left_at IS NULL AND m.gone IS DISTINCT FROM 'expired'`
    if (!found || found.place <= found.floor) throw new ParleyError('not_found')
    const { floor: _, ...place } = found
    return place
  },
})
