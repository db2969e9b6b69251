import { type CloseReason, clientFrame, jsonOf } from '@parley/protocol'
import { hello } from '../handlers/hello.ts'
import { handle } from '../handlers/index.ts'
import { BOUNDS } from './bounds.ts'
import type { Connection, Stage } from './connection.ts'
import { takeFrame, takeListed, takeNonsense } from './flood.ts'
import { pongFrame } from './frame.ts'
import type { Node } from './node.ts'

/** The door for frames: parsed strictly, counted, and given to the handler of its kind. */
export function receive(connection: Connection, bytes: Buffer, isBinary: boolean, node: Node): void {
  const { stage } = connection
  if (!counted(connection, bytes.length, node)) return
  connection.heard = node.now()
  const reason = take(connection, stage, bytes, isBinary, node)
  if (reason) connection.end(reason, node.now())
  else if (connection.holds(BOUNDS.unsentBytes)) void readNoFurther(connection)
}

/** A ping of the wire's own: answered like any frame, and bounded like any. */
export function receivePing(connection: Connection, data: Buffer, node: Node): void {
  if (!counted(connection, data.length, node)) return
  connection.put(pongFrame(data))
  if (connection.holds(BOUNDS.unsentBytes)) void readNoFurther(connection)
}

/** Counts whatever came. False: it was one too many, and the connection is over. */
export function counted(connection: Connection, bytes: number, node: Node): boolean {
  if (connection.stage.at === 'over') return false
  const now = node.now()
  // at the door only a hello counts as saying something
  if (connection.stage.at === 'inside') connection.heard = now
  if (takeFrame(connection, bytes, now)) return true
  connection.end('flood', now)
  return false
}

/** Rule 15 of docs/subsystems/message-path.md: whoever asks on and takes no answer would fill our memory with them. */
async function readNoFurther(connection: Connection): Promise<void> {
  connection.begun(BOUNDS.underWay)
  await connection.room()
  connection.finished(BOUNDS.underWay)
}

/** @returns why the connection must end, if so */
function take(
  connection: Connection,
  stage: Stage,
  bytes: Buffer,
  isBinary: boolean,
  node: Node,
): CloseReason | null {
  const tooLong = stage.at === 'door' && bytes.length > BOUNDS.helloBytes
  const json = isBinary || tooLong ? null : jsonOf(bytes.toString())
  if (!takeListed(connection, json, node.now())) return 'flood'
  const frame = clientFrame.safeParse(json).data
  if (!frame) {
    takeNonsense(connection, bytes.length, node.now())
    return 'bad_frame'
  }
  if (frame.t === 'hello') return stage.at === 'door' ? hello(connection, frame, node) : 'bad_frame'
  if (stage.at !== 'inside') return 'bad_frame'
  handle(connection, stage, frame, node, bytes.length)
  return null
}
