import { myConversations } from '@parley/db/queries/my-conversations'
import { takePersonalVersion } from '@parley/db/queries/take-personal-versions'
import { takeVersion } from '@parley/db/queries/take-version'
import type { Id, Member } from '@parley/protocol'
import type { Run } from '../command.ts'

/**
 * Gives a member another role. Told to the conversation as its member standing anew, and to the person. The caller
 * holds the conversation.
 */
export async function giveRole(
  { tx, tell }: Pick<Run<unknown>, 'tx' | 'tell'>,
  conversation: Id,
  { person, role }: Member,
): Promise<void> {
  const version = await takeVersion(tx.sql, conversation)
  await tx.sql`
    UPDATE memberships SET role = ${role}, version = ${version}
    WHERE conversation_id = ${conversation} AND person_id = ${person}`
  const personal = await takePersonalVersion(tx.sql, person)
  await tx.sql`
    UPDATE memberships SET person_version = ${personal}
    WHERE conversation_id = ${conversation} AND person_id = ${person}`
  const [mine] = await myConversations(tx.sql, person, [conversation])
  const { memberCount } = mine!.conversation
  tell.conversation(conversation, {
    ...{ version, type: 'members.changed', joined: [{ person, role }], left: [], memberCount },
  })
  tell.person(person, {
    ...{
      version: personal,
      type: 'membership.changed',
      conversation,
      membership: mine!.membership,
      at: version,
    },
  })
}
