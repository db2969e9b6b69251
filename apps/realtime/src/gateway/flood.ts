import { BOUNDS } from './bounds.ts'
import type { Connection } from './connection.ts'

function refill(connection: Connection, now: number): void {
  const seconds = (now - connection.counted) / 1_000
  connection.counted = now
  connection.frames = Math.min(BOUNDS.floodBurst, connection.frames + seconds * BOUNDS.floodPerSecond)
  connection.typing = Math.min(BOUNDS.typingBurst, connection.typing + seconds * BOUNDS.typingPerSecond)
}

/** Counts one frame. False: it is one too many. */
export function takeFrame(connection: Connection, bytes: number, now: number): boolean {
  refill(connection, now)
  connection.frames -= 1 + Math.floor(bytes / BOUNDS.floodBytes)
  return connection.frames >= 0
}

/** Counts one `typing`, after the frame itself was counted. False: nobody need hear of it. */
export function takeTyping(connection: Connection): boolean {
  if (connection.typing < 1) return false
  connection.typing--
  return true
}
