import { endMembership as writeEnd } from '@parley/db/queries/conversations/end-membership'
import { takePersonalVersion } from '@parley/db/queries/take-personal-versions'
import { takeVersion } from '@parley/db/queries/take-version'
import type { Id } from '@parley/protocol'
import type { Run } from '../command.ts'
import { rekeyGroup } from './rekey-group.ts'

/** The one way in which somebody ceases to be a member. The caller holds the conversation, and they are a member. */
export async function endMembership(
  { tx, deps, tell }: Pick<Run<unknown>, 'tx' | 'deps' | 'tell'>,
  { id, kind }: { id: Id; kind: string },
  person: Id,
): Promise<void> {
  const version = await takeVersion(tx.sql, id)
  const memberCount = await writeEnd(tx.sql, id, person, { version, now: deps.now() })
  if (kind === 'group') await rekeyGroup(tx.sql, id)
  tell.conversation(id, { version, type: 'members.changed', joined: [], left: [person], memberCount })
  const personal = await takePersonalVersion(tx.sql, person)
  tell.person(person, { version: personal, type: 'membership.removed', conversation: id })
}
