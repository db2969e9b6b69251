import type { Tx } from '@parley/db'
import type { Id } from '@parley/protocol'

/** API tokens and webhooks that were revoked, and people whose invitation ended. */
export type EndedWithThem = { tokens: Id[]; webhooks: Id[]; invitations: Id[] }

/**
 * Whoever administers sees secrets once: of the tokens and webhooks that they make, and the links of those whom they
 * invite. When they may do so no longer these end with it, for good: else a token would go on reading for them, and a
 * link would let them in again as somebody else.
 */
export async function endWhatTheySaw(tx: Pick<Tx, 'sql'>, person: Id, now: Date): Promise<EndedWithThem> {
  const tokens = await tx.sql<{ id: Id }>`
    UPDATE api_tokens SET revoked_at = ${now} WHERE revoked_at IS NULL AND created_by = ${person} RETURNING id`
  const webhooks = await tx.sql<{ id: Id }>`
    UPDATE incoming_webhooks SET revoked_at = ${now} WHERE revoked_at IS NULL AND created_by = ${person} RETURNING id`
  const invitations = await tx.sql<{ id: Id }>`
    UPDATE invitations SET expires_at = ${now}
    WHERE invited_by = ${person} AND accepted_at IS NULL AND expires_at > ${now} RETURNING person_id AS id`
  const ids = (rows: { id: Id }[]) => rows.map((row) => row.id)
  return { tokens: ids(tokens), webhooks: ids(webhooks), invitations: ids(invitations) }
}
