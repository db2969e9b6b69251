import type { ClientFrame, ClientFrameType } from '@parley/protocol'
import type { Connection, Inside } from '../gateway/connection.ts'
import type { Node } from '../gateway/node.ts'

export type FrameOf<T extends ClientFrameType> = Extract<ClientFrame, { t: T }>

/** What is done with one kind of frame from somebody who was let in. `bytes`: as long as it came. */
export type Handler<T extends ClientFrameType> = (
  connection: Connection,
  inside: Inside,
  frame: FrameOf<T>,
  node: Node,
  bytes: number,
) => void
