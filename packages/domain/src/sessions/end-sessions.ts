import type { Tx } from '@parley/db'
import type { Id } from '@parley/protocol'
import type { Tell } from '../command.ts'

/** Why a session was over before its time. */
export type EndedBecause =
  | 'signed out'
  | 'revoked'
  | 'reused'
  | 'other device'
  | 'password changed'
  | 'deactivated'

export type Which =
  | { session: Id; of?: Id }
  /** All of a person's, but for one. */
  | { person: Id; except?: Id }

/**
 * Ends sessions: their tokens are worth nothing at once, their sockets are closed right after the commit, and a device
 * that nobody is signed in on any more gets no more notifications.
 * @returns the sessions that were still running
 */
export async function endSessions(
  tx: Pick<Tx, 'sql'>,
  tell: Pick<Tell, 'revoke'>,
  which: Which,
  because: EndedBecause,
  now: Date,
): Promise<Id[]> {
  const session = 'session' in which ? which.session : null
  const person = 'session' in which ? (which.of ?? null) : which.person
  const except = 'session' in which ? null : (which.except ?? null)
  const ended = await tx.sql<{ id: Id; device_id: Id }>`
    UPDATE sessions SET revoked_at = ${now}, revoked_because = ${because}
    WHERE revoked_at IS NULL AND expires_at > ${now}
      AND (${session}::bigint IS NULL OR id = ${session}) AND (${person}::bigint IS NULL OR person_id = ${person})
      AND (${except}::bigint IS NULL OR id <> ${except})
    RETURNING id, device_id`
  if (ended.length === 0) return []
  const devices = ended.map((row) => row.device_id)
  await tx.sql`
    UPDATE devices d SET push_kind = NULL, push_token = NULL
    WHERE d.id = ANY (${devices}::bigint[]) AND d.push_token IS NOT NULL AND NOT EXISTS (
      SELECT FROM sessions s WHERE s.device_id = d.id AND s.revoked_at IS NULL AND s.expires_at > ${now})`
  for (const row of ended) tell.revoke({ session: row.id })
  return ended.map((row) => row.id)
}
