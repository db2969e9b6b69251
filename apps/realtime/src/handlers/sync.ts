import { perform } from '@parley/domain/command'
import { type SyncPart, sync as syncQuery } from '@parley/domain/sync/sync'
import type { SyncedChanges } from '@parley/protocol'
import { BOUNDS } from '../gateway/bounds.ts'
import type { Connection } from '../gateway/connection.ts'
import type { Node } from '../gateway/node.ts'
import type { Handler } from './handler.ts'
import { inLane, isInside } from './lane.ts'

/** Catching up: read as fast as the other side takes it, in turns with everybody else who catches up. */
export const sync: Handler<'sync'> = (connection, inside, { t: _, req, ...held }, node) =>
  inLane('syncs', { connection, inside, node, req }, async () => {
    const parts = await perform(syncQuery, inside.actor, held, node.deps)
    await answer(connection, req, parts, node)
  })

/**
 * Nothing is read before there is room for it, and nothing that was read waits here: it is put on the connection at once.
 * The first part is read together with that of others, the rest by itself. Whoever goes while they wait is not read for.
 */
async function answer(
  connection: Connection,
  req: number,
  parts: AsyncGenerator<SyncPart>,
  node: Node,
): Promise<void> {
  const read = async (): Promise<SyncPart | undefined> =>
    isInside(connection) ? (await parts.next()).value : undefined
  try {
    let part = await node.firstReads(read)
    while (part && isInside(connection)) {
      for (const piece of inPieces(part)) connection.answer({ t: 'synced', req, ...piece })
      if (!part.more) return
      await connection.room()
      part = await node.syncReads(read)
    }
  } finally {
    await parts.return(undefined)
  }
}

/** A person may be in thousands of conversations, and any of them have hundreds of changes: so many of each a frame. */
function* inPieces(part: SyncPart): Generator<SyncPart> {
  const { conversations, threads } = part
  const changes = part.changes.flatMap((one) => [...changesInPieces(one)])
  const size = BOUNDS.syncedConversations
  const pieces = Math.max(1, Math.ceil(conversations.length / size), changes.length)
  for (let i = 0; i < pieces; i++) {
    const isLast = i === pieces - 1
    yield {
      // whatever is not cut goes with the first
      ...(i === 0 ? part : { person: part.person, removed: [] }),
      more: part.more || !isLast,
      conversations: conversations.slice(i * size, (i + 1) * size),
      threads: isLast ? threads : [],
      changes: changes.slice(i, i + 1),
    }
  }
}

/** Each piece is whole up to a version: it ends where the next message has a later one. */
function* changesInPieces(changes: SyncedChanges): Generator<SyncedChanges> {
  const { messages } = changes
  let [from, text] = [0, 0]
  for (const [i, { version, text: own }] of messages.entries()) {
    text += own.length
    if (text < BOUNDS.syncedText || i + 1 === messages.length || messages[i + 1]!.version === version)
      continue
    yield { ...changes, version, messages: messages.slice(from, i + 1) }
    from = i + 1
    text = 0
  }
  yield from === 0 ? changes : { ...changes, messages: messages.slice(from) }
}
