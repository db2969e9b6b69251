import type { Connection } from './connection.ts'

let waiting: Connection[] = []

/**
 * Writes everything that was put on connections in this turn of the event loop, one write a socket: an
 * acknowledgement, the events of a commit and whatever arrived with them leave together.
 */
export function writeSoon(connection: Connection): void {
  if (waiting.push(connection) === 1) setImmediate(writeAll)
}

function writeAll(): void {
  const connections = waiting
  waiting = []
  for (const connection of connections) connection.flush()
}
