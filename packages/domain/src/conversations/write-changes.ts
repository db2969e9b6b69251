import { isUniqueViolation } from '@parley/db'
import { takeVersion } from '@parley/db/queries/take-version'
import { type Conversation, type ConversationChanges, type Id, ParleyError } from '@parley/protocol'
import type { Run } from '../command.ts'

type Named = Pick<Conversation, 'name' | 'topic' | 'purpose' | 'kind'> & { archived: boolean }

/**
 * The one way in which what everybody sees of a channel changes: with its next version, told as what is different.
 * What is as it was takes no version. The caller holds the conversation and has judged that it may.
 * @returns what was different before, and is now
 */
export async function writeChanges(
  { tx, deps, tell }: Pick<Run<unknown>, 'tx' | 'deps' | 'tell'>,
  id: Id,
  wanted: ConversationChanges,
): Promise<{ before: ConversationChanges; after: ConversationChanges }> {
  const [row] = await tx.sql<Named>`
    SELECT name, topic, purpose, kind, archived_at IS NOT NULL AS archived FROM conversations WHERE id = ${id}`
  const fields = (Object.keys(wanted) as (keyof ConversationChanges)[]).filter(
    (field) => wanted[field] !== undefined && wanted[field] !== row![field],
  )
  const pick = (from: ConversationChanges): ConversationChanges =>
    Object.fromEntries(fields.map((field) => [field, from[field]]))
  const after = pick(wanted)
  if (fields.length === 0) return { before: {}, after }
  const now: Named = { ...row!, ...after }
  const version = await takeVersion(tx.sql, id)
  try {
    await tx.sql`
      UPDATE conversations SET name = ${now.name}, topic = ${now.topic}, purpose = ${now.purpose}, kind = ${now.kind},
        archived_at = CASE WHEN ${now.archived} THEN coalesce(archived_at, ${deps.now()}) END,
        for_everyone = for_everyone AND ${now.kind === 'public' && !now.archived}
      WHERE id = ${id}`
  } catch (e) {
    if (!isUniqueViolation(e)) throw e
    throw new ParleyError('conflict', `There is a channel named ${now.name} already.`, { field: 'name' })
  }
  tell.conversation(id, { version, type: 'conversation.changed', changes: after })
  return { before: pick(row!), after }
}
