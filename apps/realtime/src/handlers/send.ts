import { perform } from '@parley/domain/command'
import type { Deps } from '@parley/domain/deps'
import { sendMessage } from '@parley/domain/messages/send-message'
import type { Send, Sent } from '@parley/domain/messages/writer'
import { ERRORS, type ErrorCode, type ServerFrame } from '@parley/protocol'
import type { Connection } from '../gateway/connection.ts'
import type { Node } from '../gateway/node.ts'
import type { Handler } from './handler.ts'
import { isInside, refusalOf } from './lane.ts'

/** Rules 1–5 of docs/subsystems/message-path.md, as seen from one connection. */
export const send: Handler<'send'> = (connection, inside, { t: _, ...input }, node) => {
  inside.deps ??= ordered(connection, node)
  connection.begun(1)
  perform(sendMessage, inside.actor, input, inside.deps).then(
    () => connection.finished(1),
    (error: unknown) => {
      connection.finished(1)
      refuse(connection, input.id, error, node)
    },
  )
}

/**
 * The writer as this connection uses it: the acknowledgement is written after the commit and before anybody is told,
 * and a message that could not be made durable ends the connection, so that those behind it do not overtake it.
 */
function ordered(connection: Connection, node: Node): Deps {
  const { messages } = node.deps
  return {
    ...node.deps,
    messages: {
      ...messages,
      send: (one) =>
        new Promise((resolve) =>
          messages.enqueue(
            one,
            (settled) => {
              if (settled.ok) connection.answer(ackOf(one, settled.sent))
              else if (ERRORS[settled.code].retry) putOff(connection, one.client, settled.code, node)
              resolve(settled)
            },
            () => isInside(connection),
          ),
        ),
    },
  }
}

const ackOf = (one: Send, { message, seq, version, ordinal, at }: Sent): ServerFrame => ({
  t: 'ack',
  id: one.client,
  conversation: one.conversation,
  message,
  seq,
  version,
  ordinal,
  at,
})

function refuse(connection: Connection, id: string, error: unknown, node: Node): void {
  if (!isInside(connection)) return
  const { code, says } = refusalOf(error, node)
  if (ERRORS[code].retry) putOff(connection, id, code, node)
  else connection.answer({ t: 'nack', id, code, says })
}

/** What may succeed later ends the connection, lest what follows it overtake it: clients send all of it again, in order. */
function putOff(connection: Connection, id: string, code: ErrorCode, node: Node): void {
  // that the database is away says nothing of the message
  if (code !== 'unavailable') connection.answer({ t: 'nack', id, code, says: ERRORS[code].says })
  connection.end(code === 'too_many' ? 'flood' : 'unavailable', node.now())
}
