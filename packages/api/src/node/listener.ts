import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { ParleyError } from '@parley/protocol'
import type { ApiContext } from '../context.ts'
import { handle } from '../handle.ts'
import { errorAnswer } from '../http/answer.ts'
import { isApiPath } from '../http/api-path.ts'
import { isHangUp } from '../http/hang-up.ts'

/** The addresses of sockets, for requests that came by one. */
const peers = new WeakMap<Request, string>()

/**
 * One listener for a Node server: what the API answers goes to `handle`, everything else to `pages`.
 * The API does not pass through the web framework: it knows the socket's address, and its native parts are not bundled.
 */
export function apiListener(context: Omit<ApiContext, 'peer'>, pages: RequestListener): RequestListener {
  const withPeer: ApiContext = { ...context, peer: (request) => peers.get(request) ?? '' }
  return (message, response) => {
    if (!isApiPath(pathOf(message))) return pages(message, response)
    answer(message, response, withPeer).catch((error: unknown) => {
      context.deps.log.error('an answer could not be sent', error)
      response.destroy()
    })
  }
}

const pathOf = (message: IncomingMessage): string => (message.url ?? '/').split('?', 1)[0]!

async function answer(message: IncomingMessage, response: ServerResponse, context: ApiContext) {
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  const request = toRequest(message, gone.signal)
  if (!request) return await send(errorAnswer(new ParleyError('bad_input', UNREADABLE)), message, response)
  peers.set(request, message.socket.remoteAddress ?? '')
  const answered = await handle(request, context)
  if (!response.destroyed) await send(answered, message, response)
}

const UNREADABLE = 'The address, the method or the headers of the request are none that can be read.'
const BODILESS = new Set(['GET', 'HEAD'])

/**
 * Null for a request line or header that no URL or Request can hold, and for a path that is another one when it is read
 * as a URL (`/api/../health`): whatever stands in front has judged the one that was sent.
 */
function toRequest(message: IncomingMessage, signal: AbortSignal): Request | null {
  const { method = 'GET', headers, rawHeaders } = message
  const url = URL.parse(message.url ?? '/', `http://${headers.host ?? 'localhost'}`)
  if (url?.pathname !== pathOf(message)) return null
  const given = new Headers()
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) given.append(rawHeaders[i]!, rawHeaders[i + 1]!)
  try {
    return new Request(url, {
      method,
      headers: given,
      signal,
      ...(BODILESS.has(method) ? {} : { body: Readable.toWeb(message), duplex: 'half' }),
    } as RequestInit)
  } catch (e) {
    // A method that fetch forbids (TRACE, CONNECT) is nothing that we serve.
    if (e instanceof TypeError) return null
    throw e
  }
}

async function send(answered: Response, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const { status, headers, body } = answered
  const cookies = headers.getSetCookie()
  response.statusCode = status
  for (const [name, value] of headers) if (name !== 'set-cookie') response.setHeader(name, value)
  if (cookies.length > 0) response.setHeader('set-cookie', cookies)
  // What was not read of a body would be taken for the next request.
  if (!message.complete) response.setHeader('connection', 'close')
  if (!body || message.method === 'HEAD') return void response.end()
  try {
    await pipeline(Readable.fromWeb(body as ReadableStream), response)
  } catch (e) {
    // Whoever asked has hung up.
    if (!isHangUp(e)) throw e
  }
}
