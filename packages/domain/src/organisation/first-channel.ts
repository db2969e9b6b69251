import type { Tx } from '@parley/db'
import { takePersonalVersion } from '@parley/db/queries/take-personal-versions'
import type { Id } from '@parley/protocol'

/**
 * The channel that everything begins in, with its owner as the first member: version 1 of both.
 * @returns null when an import has brought a channel of that name
 */
export async function makeFirstChannel(
  tx: Pick<Tx, 'sql'>,
  { id, owner, now }: { id: Id; owner: Id; now: Date },
): Promise<Id | null> {
  const [channel] = await tx.sql<{ id: Id }>`
    INSERT INTO conversations (id, kind, name, purpose, created_by, created_at, last_at, last_version, member_count)
    VALUES (${id}, 'public', 'general', 'For everybody, about anything.', ${owner}, ${now}, ${now}, 1, 1)
    ON CONFLICT DO NOTHING RETURNING id`
  if (!channel) return null
  const version = await takePersonalVersion(tx.sql, owner)
  await tx.sql`
    INSERT INTO memberships (conversation_id, person_id, role, joined_at, version, person_version)
    VALUES (${id}, ${owner}, 'owner', ${now}, 1, ${version})`
  return channel.id
}
