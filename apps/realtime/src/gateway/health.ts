import type { IncomingMessage, ServerResponse } from 'node:http'
import { answerJson, answerProbe } from '@parley/adapters/health'
import type { Probed } from '@parley/domain/health'

/** Probes, on the port of the sockets. Whatever else is asked by plain HTTP belongs elsewhere. */
export const health =
  (probed: Probed) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (await answerProbe(request.url ?? '', response, probed)) return
    response.setHeader('Upgrade', 'websocket')
    answerJson(response, 426, { error: 'Only WebSocket connections are served here (RFC 6455).' })
  }
