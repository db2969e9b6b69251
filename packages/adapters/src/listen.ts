import type { Server } from 'node:http'

/** A port or address that a process was told to listen on cannot be had. One sentence for a person. */
export class CannotListen extends Error {
  override readonly name = 'CannotListen'
}

/** @throws CannotListen when the port is taken or the address is not ours */
export function listen(server: Server, port: number, host: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', (error: NodeJS.ErrnoException) =>
    reject(
      new CannotListen(
        error.code === 'EADDRINUSE'
          ? `Port ${port} (PORT) is taken.`
          : `Cannot listen on ${host}, port ${port}: ${error.code}.`,
      ),
    ),
  )
  server.listen(port, host, resolve)
  return promise
}
