import type { Tx } from '@parley/db'
import { type Id, ParleyError } from '@parley/protocol'
import type { Role } from '../permissions.ts'

type Sql = Pick<Tx, 'sql'>
type Named = { id: Id; name: string }

/**
 * Owners who sign in through a provider: rule 4 of docs/subsystems/identity.md.
 *
 * An owner is let in only by what an active owner was the last to save (`personOf`). So nobody below an owner may save
 * or switch such a provider: it would shut out those who have no password. What owners do among themselves leaves
 * none of them without a way in unawares, and never all of them.
 */

/**
 * The provider's row must be held.
 * @throws ParleyError('not_allowed') for who is no owner, while the provider knows one
 */
export async function requireOwnerIfOwnersUse({ sql }: Sql, role: Role, { id, name }: Named): Promise<void> {
  if (role === 'owner') return
  const [owner] = await sql`
    SELECT FROM external_identities e JOIN people p ON p.id = e.person_id
    WHERE e.provider_id = ${id} AND p.role = 'owner' LIMIT 1`
  if (owner)
    throw new ParleyError(
      'not_allowed',
      `An owner signs in through ${name}: only an owner may change it, switch it on or off, or remove it.`,
    )
}

/**
 * Before a provider is switched off or removed.
 * @throws ParleyError('conflict') when it is the only way in that the organisation's owners have
 */
export async function requireOtherWayIn({ sql }: Sql, { id, name }: Named): Promise<void> {
  const [last] = await sql`
    SELECT FROM external_identities e JOIN people o ON o.id = e.person_id
    WHERE e.provider_id = ${id} AND o.role = 'owner' AND o.status = 'active' AND NOT EXISTS (
      SELECT FROM people p WHERE p.role = 'owner' AND p.status = 'active' AND (p.password_hash IS NOT NULL OR EXISTS (
        SELECT FROM external_identities x JOIN identity_providers i ON i.id = x.provider_id JOIN people u ON u.id = i.updated_by
        WHERE x.person_id = p.id AND i.id <> ${id} AND i.enabled AND u.role = 'owner' AND u.status = 'active')))
    LIMIT 1`
  if (last)
    throw new ParleyError(
      'conflict',
      `No owner could sign in any more: ${name} is the only way in that they have. Make somebody with a password an owner first.`,
    )
}

/**
 * Before somebody becomes an owner: whoever signs in through a provider alone must be let in through it as one.
 * @throws ParleyError('conflict')
 */
export async function requireWayInAsOwner({ sql }: Sql, person: Named): Promise<void> {
  const providers = await sql<{ name: string; fit: boolean; password: boolean }>`
    SELECT i.name, i.enabled AND u.role = 'owner' AND u.status = 'active' AS fit, p.password_hash IS NOT NULL AS password
    FROM external_identities e JOIN identity_providers i ON i.id = e.provider_id JOIN people u ON u.id = i.updated_by
      JOIN people p ON p.id = e.person_id
    WHERE e.person_id = ${person.id} ORDER BY i.id FOR UPDATE OF i`
  const [first] = providers
  if (!first || first.password || providers.some(({ fit }) => fit)) return
  throw new ParleyError(
    'conflict',
    `${person.name} signs in through ${first.name} alone, and no owner was the last to save it: as an owner they could not sign in. Save it as an owner first.`,
  )
}

/**
 * Before an owner ceases to be one, or is deactivated: what they were the last to save lets no owner in any more.
 * @throws ParleyError('conflict') when another owner has no other way in
 */
export async function requireOthersWayIn({ sql }: Sql, person: Named): Promise<void> {
  const [shut] = await sql<{ provider: string; owner: string }>`
    SELECT i.name AS provider, p.name AS owner
    FROM identity_providers i JOIN external_identities e ON e.provider_id = i.id JOIN people p ON p.id = e.person_id
    WHERE i.updated_by = ${person.id} AND i.enabled AND p.id <> ${person.id}
      AND p.role = 'owner' AND p.status = 'active' AND p.password_hash IS NULL
      AND NOT EXISTS (
        SELECT FROM external_identities x JOIN identity_providers o ON o.id = x.provider_id JOIN people u ON u.id = o.updated_by
        WHERE x.person_id = p.id AND o.enabled AND u.role = 'owner' AND u.status = 'active' AND u.id <> ${person.id})
    LIMIT 1`
  if (shut)
    throw new ParleyError(
      'conflict',
      `${shut.owner} is an owner and signs in through ${shut.provider} alone, which ${person.name} was the last to save. Save it as an owner first.`,
    )
}
