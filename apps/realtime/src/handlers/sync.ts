import { perform } from '@parley/domain/command'
import { type SyncPart, sync as syncQuery } from '@parley/domain/sync/sync'
import type { Connection } from '../gateway/connection.ts'
import type { Node } from '../gateway/node.ts'
import type { Handler } from './handler.ts'
import { inLane, isInside } from './lane.ts'

/** Catching up: read as fast as the other side takes it, in turns with everybody else who catches up. */
export const sync: Handler<'sync'> = (connection, inside, { t: _, req, ...held }, node, bytes) =>
  inLane('syncs', { connection, inside, node, req, bytes }, async () => {
    const parts = await perform(syncQuery, inside.actor, held, node.deps)
    await answer(connection, req, parts, node)
  })

const READS = { conversations: 'firstReads', changes: 'syncReads' } as const

/**
 * Nothing is read before there is room for it, and nothing that was read waits here: it is put on the connection at once,
 * as one frame. Whoever goes while they wait is not read for.
 */
async function answer(
  connection: Connection,
  req: number,
  parts: AsyncGenerator<SyncPart>,
  node: Node,
): Promise<void> {
  const read = async () => (isInside(connection) ? (await parts.next()).value : undefined)
  try {
    let next: SyncPart['next'] = 'conversations'
    while (next) {
      await connection.room()
      const part: SyncPart | undefined = await node[READS[next]](connection, read)
      if (!part || !isInside(connection)) return
      next = part.next
      const { next: _, ...told } = part
      connection.answer({ t: 'synced', req, more: next !== null, ...told })
    }
  } finally {
    await parts.return(undefined)
  }
}
