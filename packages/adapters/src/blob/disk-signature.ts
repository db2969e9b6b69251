import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto'

/** What a signed URL of the disk store allows: one method on one key, until a time, in one way. */
export type Grant =
  | { method: 'PUT'; key: string /** Unix seconds. */; expires: number; size: number }
  | { method: 'GET'; key: string; expires: number; type: string; disposition: string }

/** `signingKey`: secrets.key('blob'). @returns the URL under `base`, which ends without a slash */
export function signGrant(signingKey: KeyObject, base: string, grant: Grant): string {
  const query = new URLSearchParams({ expires: String(grant.expires) })
  if (grant.method === 'PUT') query.set('size', String(grant.size))
  else {
    query.set('type', grant.type)
    query.set('disposition', grant.disposition)
  }
  query.set('signature', sealOf(signingKey, grant))
  return `${base}/${grant.key}?${query}`
}

/** Null when the URL was not signed by us, for this method, or is over. `now` in Unix milliseconds. */
export function readGrant(signingKey: KeyObject, method: string, url: URL, now: number): Grant | null {
  const grant = asGrant(method, url)
  if (!grant || grant.expires * 1_000 <= now) return null
  const shown = Buffer.from(url.searchParams.get('signature') ?? '', 'base64url')
  const ours = Buffer.from(sealOf(signingKey, grant), 'base64url')
  return shown.length === ours.length && timingSafeEqual(shown, ours) ? grant : null
}

function asGrant(method: string, url: URL): Grant | null {
  const key = url.pathname.slice(1)
  const expires = wholeNumber(url.searchParams.get('expires'))
  if (expires === null) return null
  if (method === 'PUT') {
    const size = wholeNumber(url.searchParams.get('size'))
    return size === null ? null : { method, key, expires, size }
  }
  const type = url.searchParams.get('type')
  const disposition = url.searchParams.get('disposition')
  return type === null || disposition === null ? null : { method: 'GET', key, expires, type, disposition }
}

const wholeNumber = (text: string | null): number | null =>
  text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null

/** Each part is JSON in an array, so that no part can run into the next. */
function sealOf(signingKey: KeyObject, grant: Grant): string {
  const parts =
    grant.method === 'PUT'
      ? ['PUT', grant.key, grant.expires, grant.size]
      : ['GET', grant.key, grant.expires, grant.type, grant.disposition]
  return createHmac('sha256', signingKey).update(JSON.stringify(parts)).digest('base64url')
}
