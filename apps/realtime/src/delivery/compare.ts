import type { Database } from '@parley/db'
import { personalVersionsOf, versionsOf } from '@parley/db/queries/delivery/versions-of'
import { BOUNDS } from './bounds.ts'
import type { Local, LocalConversation, LocalPerson } from './local.ts'

/**
 * Compares everything served here with the database: after a loss, and while Redis does not reach us. Costs two short
 * questions for each few hundred conversations and people; who missed nothing is not bothered.
 */
export async function compare(
  local: Local,
  db: Database,
  found: { conversation(doubtful: LocalConversation): void; person(doubtful: LocalPerson): void },
): Promise<void> {
  for (const chunk of chunks([...local.conversations.values()])) {
    const versions = await versionsOf(db.connection, idsOf(chunk))
    for (const conversation of chunk)
      if ((versions.get(conversation.id) ?? 0) > conversation.version) found.conversation(conversation)
  }
  for (const chunk of chunks([...local.people.values()])) {
    const versions = await personalVersionsOf(db.connection, idsOf(chunk))
    for (const person of chunk)
      if (person.version !== null && (versions.get(person.id) ?? 0) > person.version) found.person(person)
  }
}

const idsOf = (all: { id: string }[]): string[] => all.map(({ id }) => id)

function* chunks<T>(all: T[]): Generator<T[]> {
  for (let i = 0; i < all.length; i += BOUNDS.asked) yield all.slice(i, i + BOUNDS.asked)
}
