import type { Database } from '@parley/db'
import { versionsOf } from '@parley/db/queries/delivery/versions-of'
import { batched } from '@parley/domain/batched'
import type { Id } from '@parley/protocol'
import { BOUNDS } from './bounds.ts'
import type { LocalConversation } from './local.ts'

/**
 * For a conversation that nobody here was in until a moment ago. Nodes are heard in any order: what followed the joining
 * may have passed before it, and was forwarded to nobody. Where the database is ahead, and what it has does not come
 * within a moment either, the conversation is doubtful.
 */
export function catchUp(
  db: Database,
  { doubtful, isClosed }: { doubtful(conversation: LocalConversation): void; isClosed(): boolean },
): (conversation: LocalConversation) => void {
  const read = batched<Id, number | undefined>(BOUNDS.asked, async (ids) => {
    const versions = await versionsOf(db.connection, ids)
    return ids.map((id) => versions.get(id))
  })

  function doubtIfBelow(version: number, conversation: LocalConversation): void {
    if (!isClosed() && conversation.people.size > 0 && conversation.version < version) doubtful(conversation)
  }

  return (conversation) => {
    read(conversation.id).then(
      (version = 0) => {
        if (version <= conversation.version) return
        setTimeout(() => doubtIfBelow(version, conversation), BOUNDS.holdMs).unref()
      },
      // whoever is doubted is asked for until there is an answer
      () => doubtIfBelow(Number.POSITIVE_INFINITY, conversation),
    )
  }
}
