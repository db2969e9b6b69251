import { BOUNDS } from './bounds.ts'
import type { Connection } from './connection.ts'

/** One look at every connection, instead of timers of their own: ends those that are silent, stuck or half closed. */
export function sweep(connections: Iterable<Connection>, now: number): void {
  for (const connection of connections) {
    const silent = now - connection.heard
    if (connection.stage.at === 'over') {
      if (silent > BOUNDS.closingMs) connection.wire.terminate()
    } else if (connection.stage.at === 'door' && connection.wire.received > BOUNDS.doorBytes)
      connection.end('bad_frame', now)
    else if (connection.behind !== 0 && now - connection.behind > BOUNDS.behindMs)
      connection.end('behind', now)
    else if (silent > (connection.stage.at === 'inside' ? BOUNDS.idleMs : BOUNDS.helloMs))
      connection.end('idle', now)
  }
}
