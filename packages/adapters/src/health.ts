import type { RequestListener, ServerResponse } from 'node:http'
import type { Log } from '@parley/domain/ports'
import { type Checks, readiness } from '@parley/domain/readiness'

/** `/health/live` and `/health/ready` of a process without an API. `draining`: it is about to end. */
export function healthListener(checks: Checks, log: Log, draining = () => false): RequestListener {
  return (request, response) => {
    const path = request.url?.split('?', 1)[0]
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return answer(response, 405, { error: 'Only GET is served here.' })
    if (path === '/health/live') return answer(response, 200, { status: 'live' })
    if (path !== '/health/ready') return answer(response, 404, { error: 'There is nothing at this address.' })
    if (draining()) return answer(response, 503, { status: 'draining' })
    void readiness(checks, log).then(({ ready, parts }) =>
      answer(response, ready ? 200 : 503, { status: ready ? 'ready' : 'not ready', parts }),
    )
  }
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
  response.end(JSON.stringify(body))
}
