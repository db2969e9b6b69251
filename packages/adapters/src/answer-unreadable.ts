import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { ErrorCode } from '@parley/protocol'

/** What Node's parser makes of it, by the code of its error; anything else is no HTTP. */
const UNREADABLE: Record<string, { status: number; code: ErrorCode; message: string }> = {
  HPE_HEADER_OVERFLOW: {
    ...{ status: 431, code: 'too_large' },
    message: 'The address and the headers of a request may hold at most 16 KiB together.',
  },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: {
    ...{ status: 413, code: 'too_large' },
    message: 'The chunks of a request may hold no extensions of that length.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    ...{ status: 408, code: 'bad_input' },
    message: 'The request took too long to arrive. Send it again.',
  },
}
const NO_HTTP = {
  ...{ status: 400, code: 'bad_input' },
  message: 'This is no request of HTTP/1.1. Encode what is not ASCII in an address by percent signs.',
}

/** Says what was wrong with requests that cannot be read, which Node by itself refuses without a word. */
export function answerUnreadable(server: Server): void {
  /** The last of each connection, whose answer may have begun. */
  const asked = new WeakMap<Duplex, ServerResponse>()
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => asked.set(socket, response))
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    const last = asked.get(socket)
    // in the middle of another answer nobody would understand it
    if (!socket.writable || (last?.headersSent && !last.writableEnded)) return void socket.destroy()
    const { status, code, message } = UNREADABLE[error.code ?? ''] ?? NO_HTTP
    const body = JSON.stringify({ error: { code, message } })
    const head = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      ...[
        'Connection: close',
        'Content-Type: application/json',
        `Content-Length: ${Buffer.byteLength(body)}`,
      ],
      ...['Cache-Control: no-store', 'X-Content-Type-Options: nosniff'],
    ]
    // one whose other side does not hang up would stay
    socket.once('finish', () => socket.destroy())
    socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
  })
}
