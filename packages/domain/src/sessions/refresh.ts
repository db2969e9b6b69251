import type { KeyObject } from 'node:crypto'
import type { Tx } from '@parley/db'
import { type Id, ParleyError } from '@parley/protocol'
import { z } from 'zod'
import { anyone } from '../access.ts'
import { command } from '../command.ts'
import { Refusal } from '../refusal.ts'
import { readSettings } from '../settings/read.ts'
import { isDevice } from './device-cookie.ts'
import { endSessions } from './end-sessions.ts'
import { ACCESS_MS, GRACE_MS, isIdle } from './lifetimes.ts'
import { fingerprint } from './opaque.ts'
import { accessOf, nextRefresh, sessionOf } from './refresh-chain.ts'
import type { StartedSession } from './start-session.ts'

type Row = {
  id: Id
  person_id: Id
  device_id: Id
  name: string
  status: string
  secret_hash: Buffer
  refresh_hash: Buffer
  previous_refresh_hash: Buffer | null
  rotated_at: Date
  last_used_at: Date
  expires_at: Date
  revoked_at: Date | null
  revoked_because: string | null
}
type Renewed = Omit<StartedSession, 'device'>
/** An old token, or a good one from elsewhere: somebody else may hold this session's tokens, so it is over. */
type Stolen = Refusal<{ session: Id; person: Id; name: string; because: 'reused' | 'other device' }>

/**
 * Changes a refresh token for the next one and a new access token.
 *
 * 1. The current token, from its device, is rotated.
 * 2. The token before it gets the same successor again: from the same device, within GRACE_MS (two tabs), or for as
 *    long as nothing that the rotation gave was ever used (its answer was lost on the way).
 * 3. Any other token that was once ours, or a good one from another device, ends the session.
 * 4. What was never ours, or has expired, is just signed out.
 */
export const refreshSession = command({
  name: 'session.refresh',
  input: z.strictObject({ refresh: z.string().max(200), device: z.string().max(200).nullable() }),
  access: anyone('the refresh token is what identifies the caller; the access token has expired'),
  limit: 'door',
  tokens: 'never',
  audit: ({ result }: { result: Renewed | Stolen }) =>
    result instanceof Refusal
      ? {
          action: 'session.reused',
          entity: { kind: 'person', id: result.about.person, name: result.about.name },
          after: { session: result.about.session, because: result.about.because },
          result: 'refused',
        }
      : null,
  async run({ tx, deps, tell }, { refresh, device }): Promise<Renewed | Stolen> {
    const key = deps.secrets.key('refresh')
    const session = sessionOf(key, refresh)
    const row = session && (await lock(tx, session))
    if (!row) throw new ParleyError('signed_out')
    const now = deps.now()
    if (row.revoked_at)
      throw new ParleyError(row.revoked_because === 'reused' ? 'session_reused' : 'signed_out')
    const settings = await readSettings(tx.sql)
    if (row.status !== 'active' || row.expires_at <= now || isIdle(row.last_used_at, now, settings))
      throw new ParleyError('signed_out')

    const shown = fingerprint(refresh)
    const sameDevice = isDevice(device, { id: row.device_id, secretHash: row.secret_hash })
    if (sameDevice && shown.equals(row.refresh_hash)) return rotate(tx, row, refresh, key, now)
    if (sameDevice && row.previous_refresh_hash && shown.equals(row.previous_refresh_hash)) {
      const unused = row.last_used_at <= row.rotated_at
      const justNow = now.getTime() - row.rotated_at.getTime() <= GRACE_MS
      if (unused || justNow) return renew(tx, row, nextRefresh(key, refresh), key, now)
    }
    const because = sameDevice ? 'reused' : 'other device'
    await endSessions(tx, tell, { session: row.id }, because, now)
    return new Refusal('session_reused', {
      ...{ session: row.id, person: row.person_id, name: row.name },
      because,
    })
  },
})

async function lock(tx: Pick<Tx, 'sql'>, session: Id): Promise<Row | undefined> {
  const [row] = await tx.sql<Row>`
    SELECT s.id, s.person_id, s.device_id, p.name, p.status, d.secret_hash, s.refresh_hash, s.previous_refresh_hash,
      s.rotated_at, s.last_used_at, s.expires_at, s.revoked_at, s.revoked_because
    FROM sessions s JOIN people p ON p.id = s.person_id JOIN devices d ON d.id = s.device_id
    WHERE s.id = ${session} FOR UPDATE OF s`
  return row
}

async function rotate(
  tx: Pick<Tx, 'sql'>,
  row: Row,
  refresh: string,
  key: KeyObject,
  now: Date,
): Promise<Renewed> {
  const next = nextRefresh(key, refresh)
  await tx.sql`
    UPDATE sessions SET refresh_hash = ${fingerprint(next)}, previous_refresh_hash = refresh_hash,
      access_hash = ${fingerprint(accessOf(key, next))}, rotated_at = ${now}, last_used_at = ${now}
    WHERE id = ${row.id}`
  await tx.sql`UPDATE devices SET last_seen_at = ${now} WHERE id = ${row.device_id}`
  return renew(tx, row, next, key, now)
}

async function renew(
  tx: Pick<Tx, 'sql'>,
  row: Row,
  next: string,
  key: KeyObject,
  now: Date,
): Promise<Renewed> {
  const until = new Date(Math.min(now.getTime() + ACCESS_MS, row.expires_at.getTime()))
  await tx.sql`UPDATE sessions SET access_expires_at = ${until} WHERE id = ${row.id}`
  return {
    ...{ person: row.person_id, session: row.id, deviceId: row.device_id },
    ...{ access: accessOf(key, next), refresh: next },
    accessExpiresAt: until.getTime(),
    expiresAt: row.expires_at.getTime(),
  }
}
