import { timingSafeEqual } from 'node:crypto'
import type { Id } from '@parley/protocol'
import { fingerprint, opaque } from './opaque.ts'

/** What a device shows to prove that it is the one: `id.secret`. Kept by the browser for longer than any session. */
export const deviceCookie = (device: Id, secret: string): string => `${device}.${secret}`

export const newDeviceSecret = opaque

export function readDeviceCookie(cookie: string | null): { id: Id; secretHash: Buffer } | null {
  const [, id, secret] = /^(\d{1,19})\.([\w-]{43})$/.exec(cookie ?? '') ?? []
  return id && secret ? { id, secretHash: fingerprint(secret) } : null
}

/** Whether the cookie is that of this very device. */
export function isDevice(cookie: string | null, device: { id: Id; secretHash: Buffer }): boolean {
  const shown = readDeviceCookie(cookie)
  return shown !== null && shown.id === device.id && timingSafeEqual(shown.secretHash, device.secretHash)
}
