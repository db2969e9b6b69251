import type { Server } from 'node:http'
import { answerUnreadable } from './answer-unreadable.ts'

/** A port or address that a process was told to listen on cannot be had. One sentence for a person. */
export class CannotListen extends Error {
  override readonly name = 'CannotListen'
}

/**
 * For every process that is asked by HTTP: requests that cannot be read are answered, too.
 * @throws CannotListen when the port is taken or the address is not ours
 */
export function listen(server: Server, port: number, host: string): Promise<void> {
  answerUnreadable(server)
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
