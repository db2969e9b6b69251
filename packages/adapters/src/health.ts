import type { RequestListener, ServerResponse } from 'node:http'
import { type Probed, probe } from '@parley/domain/health'

/** Probes of a process without an API, and nothing else. */
export function healthListener(probed: Probed): RequestListener {
  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return answerJson(response, 405, { error: 'Only GET is served here.' })
    void answerProbe(request.url ?? '', response, probed).then((answered) => {
      if (!answered) answerJson(response, 404, { error: 'There is nothing at this address.' })
    })
  }
}

/** @returns false when that is no probe, and nothing was answered */
export async function answerProbe(url: string, response: ServerResponse, probed: Probed): Promise<boolean> {
  // probes come with a query sometimes
  const answer = await probe(url.split('?', 1)[0]!, probed)
  if (answer) answerJson(response, answer.status, answer.body)
  return answer !== null
}

export function answerJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
  response.end(JSON.stringify(body))
}
