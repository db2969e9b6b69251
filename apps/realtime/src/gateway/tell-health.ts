import { SERVER_FRAMES } from '@parley/protocol'
import type { Connection } from './connection.ts'
import { frameOf } from './frame.ts'

/** Tells those who are inside whether the database is away, unless their clients are older than the frame that says so. */
export function tellHealth(connections: Iterable<Connection>, away: boolean): void {
  const frame = frameOf({ t: 'database', away })
  for (const connection of connections) {
    const { stage } = connection
    if (stage.at === 'inside' && stage.protocol >= SERVER_FRAMES.database) connection.put(frame)
  }
}
