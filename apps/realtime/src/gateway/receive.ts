import { type ClientFrame, type CloseReason, clientFrame } from '@parley/protocol'
import { hello } from '../handlers/hello.ts'
import { handle } from '../handlers/index.ts'
import { BOUNDS } from './bounds.ts'
import type { Connection, Stage } from './connection.ts'
import { takeFrame } from './flood.ts'
import type { Node } from './node.ts'

/** The door for frames: parsed strictly, counted, and given to the handler of its kind. */
export function receive(connection: Connection, bytes: Buffer, isBinary: boolean, node: Node): void {
  const { stage } = connection
  if (stage.at === 'over') return
  const now = node.now()
  connection.heard = now
  const reason = takeFrame(connection, bytes.length, now)
    ? take(connection, stage, bytes, isBinary, node)
    : 'flood'
  if (reason) connection.end(reason, now)
  else if (connection.holds(BOUNDS.unsentBytes)) void readNoFurther(connection)
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
  const frame = isBinary || tooLong ? null : parse(bytes)
  if (!frame) return 'bad_frame'
  if (frame.t === 'hello') return stage.at === 'door' ? hello(connection, frame, node) : 'bad_frame'
  if (stage.at !== 'inside') return 'bad_frame'
  handle(connection, stage, frame, node)
  return null
}

function parse(bytes: Buffer): ClientFrame | null {
  try {
    const parsed = clientFrame.safeParse(JSON.parse(bytes.toString()))
    return parsed.success ? parsed.data : null
  } catch (e) {
    if (e instanceof SyntaxError) return null
    throw e
  }
}
