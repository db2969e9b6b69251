import { type Act, perform } from '@parley/domain/command'
import { history as historyQuery, threadHistory } from '@parley/domain/messages/history'
import { ParleyError, type ServerFrame } from '@parley/protocol'
import type { Node } from '../gateway/node.ts'
import type { FrameOf, Handler } from './handler.ts'
import { inLane, isInside } from './lane.ts'

type Page = Pick<ServerFrame & { t: 'messages' }, 'version' | 'messages' | 'next'>
/** From this version on clients know that a page may not be all that they asked for. */
const KNOWS_NEXT = 6

const pageOf =
  <T extends 'history' | 'thread'>(asked: Act): Handler<T> =>
  (connection, inside, frame, node, bytes) => {
    const { t: _, req, ...input } = frame as FrameOf<'history' | 'thread'>
    const read = (from: number): Promise<Page> => perform(asked, inside.actor, { ...input, from }, node.deps)
    inLane('pages', { connection, inside, node, req, bytes }, async () => {
      const page = await node.pageReads(connection, () =>
        inside.protocol < KNOWS_NEXT ? whole(read, input.from, node) : read(input.from),
      )
      if (isInside(connection))
        connection.answer({ t: 'messages', req, conversation: input.conversation, ...page })
    })
  }

/** For a client that would take a part for all there is. It may be megabytes, and has to wait while others use them up. */
async function whole(read: (from: number) => Promise<Page>, from: number, node: Node): Promise<Page> {
  const { version, messages, next: rest } = await read(from)
  for (let next = rest; next !== undefined; ) {
    if (node.backlog.full)
      throw new ParleyError('unavailable', 'Too much is on its way. Try again in a moment.')
    const more = await read(next)
    // a thread's root comes each time
    messages.push(...more.messages.filter(({ id }) => id !== messages[0]!.id))
    next = more.next
  }
  return { version, messages }
}

/** A stretch of a conversation's roots. */
export const history = pageOf<'history'>(historyQuery)

/** A stretch of one thread. */
export const thread = pageOf<'thread'>(threadHistory)
