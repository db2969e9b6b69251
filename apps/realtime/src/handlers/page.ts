import { perform } from '@parley/domain/command'
import { history as historyQuery, threadHistory } from '@parley/domain/messages/history'
import type { Handler } from './handler.ts'
import { inLane, isInside } from './lane.ts'

/** A stretch of a conversation's roots. */
export const history: Handler<'history'> = (connection, inside, { t: _, req, ...input }, node) =>
  inLane('pages', { connection, inside, node, req }, async () => {
    const page = await node.pageReads(() => perform(historyQuery, inside.actor, input, node.deps))
    if (isInside(connection))
      connection.answer({ t: 'messages', req, conversation: input.conversation, ...page })
  })

/** A stretch of one thread. */
export const thread: Handler<'thread'> = (connection, inside, { t: _, req, ...input }, node) =>
  inLane('pages', { connection, inside, node, req }, async () => {
    const page = await node.pageReads(() => perform(threadHistory, inside.actor, input, node.deps))
    if (isInside(connection))
      connection.answer({ t: 'messages', req, conversation: input.conversation, ...page })
  })
