import type { Id } from '@parley/protocol'
import type { Reader } from '../access.ts'
import { readSettings } from '../settings/read.ts'
import { isIdle } from './lifetimes.ts'

/** One running session with its device. Times in Unix milliseconds. */
export type SessionView = {
  id: Id
  device: { id: Id; name: string; push: boolean }
  method: string
  /** Where it was begun from. */
  address: string
  startedAt: number
  lastUsedAt: number
  expiresAt: number
}
type Row = {
  id: Id
  device_id: Id
  device_name: string
  push: boolean
  method: string
  address: string
  created_at: Date
  last_used_at: Date
  expires_at: Date
}
/** Nobody has this many; whoever did would see the most recent. */
const MOST = 200

/** A person's running sessions, the last used first. */
export async function runningSessions(tx: Reader, person: Id, now: Date): Promise<SessionView[]> {
  const settings = await readSettings(tx.sql)
  const rows = await tx.sql<Row>`
    SELECT s.id, s.device_id, d.name AS device_name, d.push_token IS NOT NULL AS push, s.method, s.address, s.created_at,
      s.last_used_at, s.expires_at
    FROM sessions s JOIN devices d ON d.id = s.device_id
    WHERE s.person_id = ${person} AND s.revoked_at IS NULL AND s.expires_at > ${now}
    ORDER BY s.last_used_at DESC LIMIT ${MOST}`
  return rows
    .filter((row) => !isIdle(row.last_used_at, now, settings))
    .map((row) => ({
      id: row.id,
      device: { id: row.device_id, name: row.device_name, push: row.push },
      method: row.method,
      address: row.address,
      startedAt: row.created_at.getTime(),
      lastUsedAt: row.last_used_at.getTime(),
      expiresAt: row.expires_at.getTime(),
    }))
}
