export type SecurityOrigins = {
  /** Public addresses of realtime nodes, from PARLEY_REALTIME_URLS: comma-separated http, https, ws or wss. */
  realtimeUrls: string | undefined
  /** Public address of the file store, from PARLEY_BLOB_URL or S3_PUBLIC_ENDPOINT; absent when files come from our own origin. */
  blobUrl: string | undefined
}

const twin = { 'ws:': 'http:', 'wss:': 'https:', 'http:': 'ws:', 'https:': 'wss:' } as Record<string, string>

function originsOf(list: string | undefined, name: string): URL[] {
  return (list ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean)
    .map((entry) => {
      const url = URL.parse(entry)
      if (!url || !(url.protocol in twin)) {
        throw new Error(
          `${name} holds “${entry}”, which is not an http(s) or ws(s) address. Correct it and restart.`,
        )
      }
      return url
    })
}

/**
 * The page's Content-Security-Policy (CSP Level 3): scripts only with this request's nonce, nothing framed,
 * connections only to ourselves, the realtime nodes (sockets, and long polling where those are blocked)
 * and the file store. Style attributes are allowed, since positioned layers need them; style elements are not.
 * @throws Error that names the variable when an address cannot be read.
 */
export function contentSecurityPolicy(nonce: string, origins: SecurityOrigins, development = false): string {
  const realtime = originsOf(origins.realtimeUrls, 'PARLEY_REALTIME_URLS').flatMap((url) => [
    `${url.protocol}//${url.host}`,
    `${twin[url.protocol]}//${url.host}`,
  ])
  const blob = originsOf(origins.blobUrl, 'PARLEY_BLOB_URL').map((url) => url.origin)
  const policy = {
    'default-src': ["'self'"],
    'script-src': [`'nonce-${nonce}'`, "'strict-dynamic'", ...(development ? ["'unsafe-eval'"] : [])],
    'style-src': ["'self'", ...(development ? ["'unsafe-inline'"] : [`'nonce-${nonce}'`])],
    'style-src-attr': ["'unsafe-inline'"],
    'img-src': ["'self'", 'data:', 'blob:', ...blob],
    'media-src': ["'self'", 'blob:', ...blob],
    'font-src': ["'self'"],
    'connect-src': ["'self'", ...new Set([...realtime, ...blob])],
    'worker-src': ["'self'"],
    'manifest-src': ["'self'"],
    'frame-src': ["'none'"],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
    'frame-ancestors': ["'none'"],
  }
  return Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources.join(' ')}`)
    .join('; ')
}

/**
 * A page's policy, with a nonce of its own. `forward`: the request's headers with it, from which Next reads the nonce
 * for its scripts.
 */
export function pagePolicy(request: Headers): { policy: string; forward: Headers } {
  const { PARLEY_REALTIME_URLS: realtimeUrls, PARLEY_BLOB_URL, NODE_ENV } = process.env
  // An S3 store takes the place of ours, and browsers reach it where they are sent to by its signed addresses.
  const { S3_ENDPOINT, S3_PUBLIC_ENDPOINT } = process.env
  const blobUrl = S3_ENDPOINT ? S3_PUBLIC_ENDPOINT || S3_ENDPOINT : PARLEY_BLOB_URL
  const policy = contentSecurityPolicy(makeNonce(), { realtimeUrls, blobUrl }, NODE_ENV === 'development')
  const forward = new Headers(request)
  forward.set('Content-Security-Policy', policy)
  return { policy, forward }
}

/** What every answer carries, pages and files alike. */
export const securityHeaders = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy':
    'accelerometer=(), autoplay=(self), browsing-topics=(), camera=(self), display-capture=(self), fullscreen=(self), geolocation=(), gyroscope=(), magnetometer=(), microphone=(self), midi=(), payment=(), usb=()',
} as const

/** Sixteen bytes of chance, as CSP asks for at least. */
export function makeNonce(): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))))
}
