import type { Addresses } from '@parley/domain/ports'

/**
 * Cookies of one installation, by the address of its web client. Cookies do not tell ports apart (RFC 6265 §8.5), so
 * several installations on one host are told apart by name, while web and console of one share the session.
 */
export type CookieNames = {
  access: string
  refresh: string
  device: string
  /** A sign-in through an identity provider that this browser began. */
  signOn: string
  secure: boolean
}

export function cookieNames({ web }: Pick<Addresses, 'web'>): CookieNames {
  const { protocol, port } = new URL(web)
  const secure = protocol === 'https:'
  const prefix = `${secure ? '__Host-' : ''}parley${port && `-${port}`}`
  const named = (what: string) => `${prefix}-${what}`
  return {
    ...{
      access: named('access'),
      refresh: named('refresh'),
      device: named('device'),
      signOn: named('sign-on'),
    },
    secure,
  }
}

const MOST_BYTES = 16_384

/** The request's cookies by name (RFC 6265 §5.4). What is longer than any we set is not read. */
export function readCookies(headers: Headers): ReadonlyMap<string, string> {
  const header = headers.get('cookie') ?? ''
  if (header.length > MOST_BYTES) return new Map()
  return new Map(
    header.split(';').flatMap((pair): [string, string][] => {
      const at = pair.indexOf('=')
      return at < 1 ? [] : [[pair.slice(0, at).trim(), pair.slice(at + 1).trim()]]
    }),
  )
}

/** One Set-Cookie line. `seconds` 0 removes it. */
export function setCookie(name: string, value: string, seconds: number, secure: boolean): string {
  return `${name}=${value}; Path=/; Max-Age=${Math.max(0, Math.floor(seconds))}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
}
