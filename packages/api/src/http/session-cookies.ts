import type { StartedSession } from '@parley/domain/sessions/start-session'
import { type CookieNames, setCookie } from './cookies.ts'

/** Longer than any session: by it a browser is recognised as the same device. Browsers allow 400 days. */
const DEVICE_SECONDS = 400 * 24 * 3_600

type Tokens = Omit<StartedSession, 'device'> & { device?: string }

/** What a browser keeps of a session that began or was renewed. */
export function keepSession(headers: Headers, names: CookieNames, tokens: Tokens, now: Date): void {
  const until = (at: number) => (at - now.getTime()) / 1_000
  const set = (name: string, value: string, seconds: number) =>
    headers.append('set-cookie', setCookie(name, value, seconds, names.secure))
  set(names.access, tokens.access, until(tokens.accessExpiresAt))
  set(names.refresh, tokens.refresh, until(tokens.expiresAt))
  if (tokens.device) set(names.device, tokens.device, DEVICE_SECONDS)
}

/** The device stays known: it is not a way in. */
export function forgetSession(headers: Headers, names: CookieNames): void {
  for (const name of [names.access, names.refresh])
    headers.append('set-cookie', setCookie(name, '', 0, names.secure))
}
