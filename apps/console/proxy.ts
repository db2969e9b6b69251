import { pagePolicy } from '@parley/ui/shell/security-headers'
import { type NextRequest, NextResponse } from 'next/server'

export function proxy(request: NextRequest) {
  const { policy, forward } = pagePolicy(request.headers)
  const response = NextResponse.next({ request: { headers: forward } })
  response.headers.set('Content-Security-Policy', policy)
  return response
}

export const config = {
  // Pages only: the proxy would hold the bodies of API requests in memory.
  matcher: ['/((?!api/|health/|_next/static|_next/image).*)'],
}
