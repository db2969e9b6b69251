import type { Id } from '@parley/protocol'
import type { PersonActor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import type { Role } from '../permissions.ts'
import { isDevice } from './device-cookie.ts'
import { fingerprint } from './opaque.ts'

export type Credentials = { access: string; device: string | null; address: string }

type Row = {
  id: Id
  person_id: Id
  device_id: Id
  access_expires_at: Date
  rotated_at: Date
  last_used_at: Date
  expires_at: Date
  revoked_at: Date | null
  secret_hash: Buffer
  name: string
  role: Role
  status: string
}

/**
 * Who a request is from: one query by the hash of its access token.
 * Null when the token is unknown, expired or revoked, comes from another device, or its person is not active.
 */
export async function authenticate(
  deps: Pick<Deps, 'db' | 'now'>,
  { access, device, address }: Credentials,
): Promise<PersonActor | null> {
  const [row] = await deps.db.sql<Row>`
    SELECT s.id, s.person_id, s.device_id, s.access_expires_at, s.rotated_at, s.last_used_at, s.expires_at, s.revoked_at,
      d.secret_hash, p.name, p.role, p.status
    FROM sessions s JOIN people p ON p.id = s.person_id JOIN devices d ON d.id = s.device_id
    WHERE s.access_hash = ${fingerprint(access)}`
  const now = deps.now()
  if (!row || row.revoked_at || row.access_expires_at <= now || row.expires_at <= now) return null
  if (row.status !== 'active') return null
  if (!isDevice(device, { id: row.device_id, secretHash: row.secret_hash })) return null
  if (row.last_used_at <= row.rotated_at) await rememberUse(deps, row, now)
  return {
    kind: 'person',
    id: row.person_id,
    name: row.name,
    role: row.role,
    session: row.id,
    device: row.device_id,
    address,
  }
}

/**
 * Once per rotation, so every ten minutes of use: the session and its person were active, and the device has
 * received what the last rotation gave it, so that the token before is not needed any more.
 */
async function rememberUse(deps: Pick<Deps, 'db'>, row: Row, now: Date): Promise<void> {
  const used = new Date(Math.max(now.getTime(), row.rotated_at.getTime() + 1))
  await deps.db.sql`
    WITH used AS (
      UPDATE sessions SET last_used_at = ${used} WHERE id = ${row.id} AND last_used_at <= rotated_at RETURNING person_id
    )
    UPDATE people p SET last_active_at = ${used} FROM used WHERE p.id = used.person_id`
}
