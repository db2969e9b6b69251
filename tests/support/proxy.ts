import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'

/** What becomes of WebSockets: refused at once, or neither opened nor refused, so that they stall. */
type Sockets = 'refused' | 'stalled'

/**
 * An HTTP proxy as some offices have them: it passes every request on, and no WebSocket. For one a browser asks its
 * proxy to CONNECT (RFC 6455 §4.1); nothing of the suite's speaks TLS, and so nothing else does.
 */
export async function openProxy(sockets: Sockets, port = 0) {
  const connections = new Set<Duplex>()
  let asked = 0
  let passes = false
  const server = createServer(pass)
  const turnAway = ({ url = '' }: IncomingMessage, socket: Duplex) => {
    // a browser asks for things of its own, too
    if (url.startsWith('localhost:')) asked++
    socket.on('error', () => {})
    if (passes) tunnel(url, socket)
    else if (sockets === 'refused') socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n')
  }
  server.on('connect', turnAway)
  server.on('upgrade', turnAway)
  server.on('connection', (socket: Socket) => {
    connections.add(socket)
    socket.on('close', () => connections.delete(socket))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    /** For Chromium, which would go to this machine without asking anybody. */
    args: chromiumArgs((server.address() as AddressInfo).port),
    /** How many WebSockets were wanted of the suite. */
    asked: () => asked,
    /** From now on WebSockets pass. */
    pass() {
      passes = true
    },
    async close(): Promise<void> {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const connection of connections) connection.destroy()
      await closed
    },
  }
}

export const chromiumArgs = (port: number): string[] => [
  `--proxy-server=http://127.0.0.1:${port}`,
  '--proxy-bypass-list=<-loopback>',
]

function tunnel(url: string, near: Duplex): void {
  const { hostname, port } = new URL(`http://${url}`)
  const far = connect(Number(port), hostname, () => {
    near.write('HTTP/1.1 200 Connection established\r\n\r\n')
    near.pipe(far).pipe(near)
  })
  far.on('error', () => near.destroy())
  far.on('close', () => near.destroy())
  near.on('close', () => far.destroy())
}

function pass(from: IncomingMessage, to: ServerResponse): void {
  const { 'proxy-connection': _, connection: __, ...headers } = from.headers
  const onward = request(from.url ?? '', { method: from.method, headers }, (answer) => {
    to.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(to)
    answer.on('error', () => to.destroy())
  })
  onward.on('error', () => (to.headersSent ? to.destroy() : to.writeHead(502).end()))
  to.on('close', () => onward.destroy())
  from.pipe(onward)
}
