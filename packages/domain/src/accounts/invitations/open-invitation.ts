import { type Id, ParleyError } from '@parley/protocol'
import type { Reader } from '../../access.ts'
import { mayGive } from '../../people/policy.ts'
import type { Role } from '../../permissions.ts'
import { fingerprint } from '../../sessions/opaque.ts'

export type OpenInvitation = { id: Id; person: Id; email: string; name: string; expires_at: Date }

/**
 * The invitation behind a link, while it can be used: whoever sent it has seen the link too, and must be one who may
 * give the role that it leads to. One that never was, was used, was replaced or has expired looks the same.
 * @throws ParleyError('gone')
 */
export async function openInvitation(tx: Reader, token: string, now: Date): Promise<OpenInvitation> {
  const [found] = await tx.sql<OpenInvitation & { role: Role; sender: Role }>`
    SELECT i.id, p.id AS person, i.email, p.name, i.expires_at, p.role, b.role AS sender
    FROM invitations i JOIN people p ON p.id = i.person_id JOIN people b ON b.id = i.invited_by
    WHERE i.token_hash = ${fingerprint(token)} AND i.accepted_at IS NULL AND i.expires_at > ${now} AND p.status = 'invited'
      AND b.status = 'active'`
  if (!found || !mayGive(found.sender, found.role))
    throw new ParleyError(
      'gone',
      'This invitation was used, replaced or has expired. Ask whoever invited you to send it again.',
    )
  const { role: _, sender: __, ...invitation } = found
  return invitation
}
