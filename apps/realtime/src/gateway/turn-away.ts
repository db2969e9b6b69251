import type { Duplex } from 'node:stream'

/** Nobody is let in now. The HTTP server has let go of this socket: what becomes of it is ours to see to. */
export function turnAway(socket: Duplex): void {
  // one that is reset meanwhile must not end the process
  socket.on('error', () => {})
  // one whose other side does not hang up is counted by nobody, and must not stay
  socket.once('finish', () => socket.destroy())
  socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 2\r\n\r\n')
}
