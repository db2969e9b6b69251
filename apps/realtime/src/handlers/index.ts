import { deleteMessage } from '@parley/domain/messages/delete-message'
import { editMessage } from '@parley/domain/messages/edit-message'
import { markRead } from '@parley/domain/messages/mark-read'
import { markThreadRead } from '@parley/domain/messages/mark-thread-read'
import { pin } from '@parley/domain/messages/pin'
import { react } from '@parley/domain/messages/react'
import type { ClientFrame, ClientFrameType } from '@parley/protocol'
import type { Connection, Inside } from '../gateway/connection.ts'
import type { Node } from '../gateway/node.ts'
import { act, actByRole } from './act.ts'
import type { Handler } from './handler.ts'
import { history, thread } from './page.ts'
import { ping } from './ping.ts'
import { send } from './send.ts'
import { sync } from './sync.ts'
import { typing } from './typing.ts'

type Spoken = Exclude<ClientFrameType, 'hello'>

/** Every frame that somebody inside may send. `hello` is for the door. */
const HANDLERS: { [T in Spoken]: Handler<T> } = {
  send,
  edit: act(editMessage),
  delete: actByRole(deleteMessage),
  react: act(react),
  pin: act(pin),
  read: act(markRead),
  'read-thread': act(markThreadRead),
  typing,
  activity: (connection, { person }, { idle }, node) => node.presence.activity(connection, person.id, idle),
  look: (connection, _, { people, conversations }, node) =>
    node.presence.look(connection, people, conversations),
  sync,
  history,
  thread,
  ping,
}

export function handle(
  connection: Connection,
  inside: Inside,
  frame: Exclude<ClientFrame, { t: 'hello' }>,
  node: Node,
  bytes: number,
): void {
  const handler = HANDLERS[frame.t] as Handler<Spoken>
  handler(connection, inside, frame, node, bytes)
}
