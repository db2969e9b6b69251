import { type Id, ParleyError } from '@parley/protocol'
import type { Reader } from '../../access.ts'
import { fingerprint } from '../../sessions/opaque.ts'

export type OpenInvitation = { id: Id; person: Id; email: string; name: string; expires_at: Date }

/**
 * The invitation behind a link, while it can be used. One that never was, was used, was replaced or has expired looks
 * the same.
 * @throws ParleyError('gone')
 */
export async function openInvitation(tx: Reader, token: string, now: Date): Promise<OpenInvitation> {
  const [row] = await tx.sql<OpenInvitation>`
    SELECT i.id, p.id AS person, i.email, p.name, i.expires_at
    FROM invitations i JOIN people p ON p.id = i.person_id
    WHERE i.token_hash = ${fingerprint(token)} AND i.accepted_at IS NULL AND i.expires_at > ${now} AND p.status = 'invited'`
  if (!row)
    throw new ParleyError(
      'gone',
      'This invitation was used, replaced or has expired. Ask whoever invited you to send it again.',
    )
  return row
}
