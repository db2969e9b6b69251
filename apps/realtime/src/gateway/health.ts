import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Log } from '@parley/domain/ports'
import { readiness } from '@parley/domain/readiness'

type Options = { checks: Parameters<typeof readiness>[0]; log: Log; draining(): boolean }

/** Probes, on the port of the sockets. Whatever else is asked by plain HTTP belongs elsewhere. */
export function health({ checks, log, draining }: Options) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    // probes come with a query sometimes
    const [path] = (request.url ?? '').split('?')
    if (path === '/health/live') answer(response, 200, { status: 'live' })
    else if (path === '/health/ready' && draining()) answer(response, 503, { status: 'draining' })
    else if (path === '/health/ready') {
      const { ready, parts } = await readiness(checks, log)
      answer(response, ready ? 200 : 503, { status: ready ? 'ready' : 'not ready', parts })
    } else {
      response.setHeader('Upgrade', 'websocket')
      answer(response, 426, { error: 'Only WebSocket connections are served here (RFC 6455).' })
    }
  }
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
  response.end(JSON.stringify(body))
}
