import type { IncomingHttpHeaders } from 'node:http'
import { ParleyError } from '@parley/protocol'
import { allowList } from './safe-fetch/allow-list.ts'
import { type Answer, type Once, refused, requestOnce } from './safe-fetch/request-once.ts'

export type SafeRequest = {
  method?: 'GET' | 'POST'
  headers?: Record<string, string>
  body?: string | Buffer
  /** Of the answer. */
  maxBytes?: number
  /** For everything, redirects included. */
  timeoutMs?: number
  redirects?: number
}
export type SafeAnswer = {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer /** Where it came from. */
  url: string
}
export type SafeFetch = (url: string, request?: SafeRequest) => Promise<SafeAnswer>

const MAX_BYTES = 1_048_576
const TIMEOUT_MS = 10_000
const REDIRECTS = 3
const URL_LENGTH = 4_096

/** Never sent on to another origin. */
const PRIVATE_HEADERS: ReadonlySet<string> = new Set(['authorization', 'cookie', 'proxy-authorization'])

/**
 * The one way out for addresses that people give us (link previews, webhooks, metadata): http and https on the public
 * internet, and what `allow` (PARLEY_OUTBOUND_ALLOW) names. Every redirect is judged anew.
 * The function it answers throws ParleyError: `bad_input` for an address that may not be reached, `too_large`,
 * `unavailable` when it does not answer.
 */
export function safeFetcher(allow: readonly string[] = []): SafeFetch {
  const allowed = allowList(allow)
  return async (address, request = {}) => {
    const { maxBytes = MAX_BYTES, timeoutMs = TIMEOUT_MS, redirects = REDIRECTS } = request
    const signal = AbortSignal.timeout(timeoutMs)
    let next: Once = {
      url: judge(address),
      method: request.method ?? 'GET',
      headers: { 'user-agent': 'Parley', 'accept-encoding': 'identity', ...lowerCase(request.headers) },
      body: request.body ?? null,
      maxBytes,
      signal,
      allow: allowed,
    }
    for (let left = redirects; ; left--) {
      const answer = await attempt(next)
      const location = answer.headers.location
      if (![301, 302, 303, 307, 308].includes(answer.status) || location === undefined)
        return { ...answer, url: next.url.href }
      if (left === 0) throw new ParleyError('unavailable', 'The address redirects too often.')
      next = redirected(next, answer.status, location)
    }
  }
}

function judge(address: string, base?: URL): URL {
  if (address.length > URL_LENGTH || !URL.canParse(address, base?.href)) throw refused('it is no web address')
  const url = new URL(address, base)
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw refused('it begins with neither http nor https')
  if (url.username || url.password) throw refused('it holds a name or a password')
  return url
}

/** RFC 9110 §15.4: 307 and 308 repeat the request, the others ask for what is there. */
function redirected(was: Once, status: number, location: string): Once {
  const url = judge(location, was.url)
  if (was.url.protocol === 'https:' && url.protocol === 'http:')
    throw refused('it redirects from https to http')
  const repeat = status === 307 || status === 308
  const kept = Object.entries(was.headers).filter(
    ([name]) =>
      (url.origin === was.url.origin || !PRIVATE_HEADERS.has(name)) &&
      (repeat || !name.startsWith('content-')),
  )
  return {
    ...was,
    url,
    headers: Object.fromEntries(kept),
    method: repeat ? was.method : 'GET',
    body: repeat ? was.body : null,
  }
}

async function attempt(once: Once): Promise<Answer> {
  try {
    return await requestOnce(once)
  } catch (error) {
    if (error instanceof ParleyError) throw error
    if (once.signal.aborted) throw new ParleyError('unavailable', 'The address does not answer in time.')
    const { code = 'no answer' } = error as { code?: string }
    throw new ParleyError('unavailable', `The address cannot be reached (${code}).`)
  }
}

const lowerCase = (headers: Record<string, string> = {}) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
