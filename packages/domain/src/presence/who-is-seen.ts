import type { Sql } from '@parley/db'
import { sharingWith, withPresence } from '@parley/db/queries/presence/who-may-be-seen'
import type { Id } from '@parley/protocol'
import type { Sight } from './policy.ts'

/** Those of `people` whose presence the person may look at: rule 7 of docs/subsystems/presence.md. */
export async function whoIsSeen(sql: Sql, person: Id, sight: Sight, people: Id[]): Promise<Set<Id>> {
  if (people.length === 0) return new Set()
  const seen = await withPresence(sql, people)
  if (sight === 'organisation') return seen
  return sharingWith(sql, person, [...seen])
}
