import { contentSecurityPolicy, makeNonce } from '@parley/ui/shell/security-headers'
import { type NextRequest, NextResponse } from 'next/server'

/** Gives every page a policy of its own. Next reads the nonce from the request's header and puts it on its scripts. */
export function proxy(request: NextRequest) {
  const policy = contentSecurityPolicy(
    makeNonce(),
    { realtimeUrls: process.env.PARLEY_REALTIME_URLS, blobUrl: process.env.PARLEY_BLOB_URL },
    process.env.NODE_ENV === 'development',
  )
  const headers = new Headers(request.headers)
  headers.set('Content-Security-Policy', policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('Content-Security-Policy', policy)
  return response
}

export const config = {
  // Pages only: the proxy would hold the bodies of API requests in memory.
  matcher: ['/((?!api/|health/|_next/static|_next/image).*)'],
}
