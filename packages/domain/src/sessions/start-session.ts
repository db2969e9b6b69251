import type { Tx } from '@parley/db'
import type { Id } from '@parley/protocol'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { readSettings } from '../settings/read.ts'
import { deviceCookie, newDeviceSecret, readDeviceCookie } from './device-cookie.ts'
import { deviceName } from './device-name.ts'
import { ACCESS_MS, endOf } from './lifetimes.ts'
import { fingerprint } from './opaque.ts'
import { accessOf, firstRefresh } from './refresh-chain.ts'

export type SessionMethod = 'password' | 'invitation' | 'setup' | 'saml'

/** What the door takes from the request, never from its body: the device cookie and the User-Agent header. */
export const zFrom = { device: z.string().max(200).nullable(), agent: z.string().max(1_000) }

/** What a device is given. Times in Unix milliseconds. `device` is set as a cookie too, and is the same if it was known. */
export type StartedSession = {
  person: Id
  session: Id
  deviceId: Id
  access: string
  refresh: string
  device: string
  accessExpiresAt: number
  expiresAt: number
}

export type Start = {
  person: Id
  method: SessionMethod
  device: string | null
  agent: string
  address: string
}

/**
 * Begins a session for a person who has proved who they are, in the transaction of that act.
 * A device that this person has used before is recognised; anybody else's becomes a new one.
 */
export async function startSession(
  tx: Pick<Tx, 'sql'>,
  deps: Pick<Deps, 'newId' | 'now' | 'secrets'>,
  start: Start,
): Promise<StartedSession> {
  const now = deps.now()
  const key = deps.secrets.key('refresh')
  const session = deps.newId()
  const refresh = firstRefresh(key, session)
  const access = accessOf(key, refresh)
  const accessExpiresAt = new Date(now.getTime() + ACCESS_MS)
  const expiresAt = endOf(now, await readSettings(tx.sql))
  const device = (await knownDevice(tx, start, now)) ?? (await newDevice(tx, deps, start, now))
  await tx.sql`
    INSERT INTO sessions (id, person_id, device_id, access_hash, access_expires_at, refresh_hash, rotated_at, method,
      address, user_agent, created_at, last_used_at, expires_at)
    VALUES (${session}, ${start.person}, ${device.id}, ${fingerprint(access)}, ${accessExpiresAt}, ${fingerprint(refresh)},
      ${now}, ${start.method}, ${start.address}, ${start.agent}, ${now}, ${now}, ${expiresAt})`
  await tx.sql`UPDATE people SET last_active_at = ${now} WHERE id = ${start.person}`
  return {
    ...{ person: start.person, session, deviceId: device.id, access, refresh, device: device.cookie },
    accessExpiresAt: accessExpiresAt.getTime(),
    expiresAt: expiresAt.getTime(),
  }
}

type Device = { id: Id; cookie: string }

async function knownDevice(tx: Pick<Tx, 'sql'>, start: Start, now: Date): Promise<Device | null> {
  const shown = readDeviceCookie(start.device)
  if (!shown) return null
  const [row] = await tx.sql<{ id: Id }>`
    UPDATE devices SET last_seen_at = ${now}, name = ${deviceName(start.agent)}
    WHERE id = ${shown.id} AND person_id = ${start.person} AND secret_hash = ${shown.secretHash} RETURNING id`
  return row ? { id: row.id, cookie: start.device! } : null
}

async function newDevice(
  tx: Pick<Tx, 'sql'>,
  deps: Pick<Deps, 'newId'>,
  start: Start,
  now: Date,
): Promise<Device> {
  const id = deps.newId()
  const secret = newDeviceSecret()
  await tx.sql`
    INSERT INTO devices (id, person_id, name, secret_hash, created_at, last_seen_at)
    VALUES (${id}, ${start.person}, ${deviceName(start.agent)}, ${fingerprint(secret)}, ${now}, ${now})`
  return { id, cookie: deviceCookie(id, secret) }
}
