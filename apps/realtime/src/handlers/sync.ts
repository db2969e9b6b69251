import { perform } from '@parley/domain/command'
import { type SyncPart, sync as syncQuery } from '@parley/domain/sync/sync'
import { BOUNDS } from '../gateway/bounds.ts'
import type { Connection } from '../gateway/connection.ts'
import type { Node } from '../gateway/node.ts'
import type { Handler } from './handler.ts'
import { inLane, isInside } from './lane.ts'

/** Catching up: read as fast as the other side takes it, in turns with everybody else who catches up. */
export const sync: Handler<'sync'> = (connection, inside, { t: _, req, ...held }, node) =>
  inLane('syncs', { connection, inside, node, req }, async () => {
    const parts = await node.syncReads(() => perform(syncQuery, inside.actor, held, node.deps))
    await answer(connection, req, parts, node)
  })

/** Each frame waits for the next, since only the last says that nothing follows. */
async function answer(
  connection: Connection,
  req: number,
  parts: AsyncGenerator<SyncPart>,
  node: Node,
): Promise<void> {
  let last: SyncPart | null = null
  try {
    for (;;) {
      const { done, value } = await node.syncReads(() => parts.next())
      if (done) break
      for (const part of inPieces(value)) {
        if (last) connection.answer({ t: 'synced', req, more: true, ...last })
        last = part
        await connection.room()
        if (!isInside(connection)) return
      }
    }
    if (last) connection.answer({ t: 'synced', req, more: false, ...last })
  } finally {
    await parts.return(undefined)
  }
}

/** A person may be in thousands of conversations: so many of them a frame. */
function* inPieces(part: SyncPart): Generator<SyncPart> {
  const { conversations, threads } = part
  const size = BOUNDS.syncedConversations
  yield {
    ...part,
    conversations: conversations.slice(0, size),
    threads: conversations.length > size ? [] : threads,
  }
  for (let i = size; i < conversations.length; i += size)
    yield {
      person: part.person,
      conversations: conversations.slice(i, i + size),
      removed: [],
      threads: i + size < conversations.length ? [] : threads,
      changes: [],
    }
}
