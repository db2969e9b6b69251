/**
 * Pages of anybody may call with a token, since a token is never sent by a browser on its own. Cookies are neither
 * asked for nor looked at (Fetch Standard §3.2: no Access-Control-Allow-Credentials).
 */
const ALLOWED_HEADERS = 'Authorization, Content-Type, Idempotency-Key'
const EXPOSED = 'RateLimit-Limit, RateLimit-Policy, RateLimit-Remaining, RateLimit-Reset, Retry-After'
const PREFLIGHT_SECONDS = 7_200

export function allowAnyOrigin(headers: Headers): void {
  headers.set('access-control-allow-origin', '*')
  headers.set('access-control-expose-headers', EXPOSED)
}

/** The answer to what browsers ask before they call from another page. */
export function preflight(): Response {
  const headers = new Headers({
    'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
    'access-control-allow-headers': ALLOWED_HEADERS,
    'access-control-max-age': String(PREFLIGHT_SECONDS),
  })
  allowAnyOrigin(headers)
  return new Response(null, { status: 204, headers })
}
