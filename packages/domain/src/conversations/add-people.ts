import { addMembers, membersAmong } from '@parley/db/queries/conversations/add-members'
import { myConversations } from '@parley/db/queries/my-conversations'
import { takePersonalVersions } from '@parley/db/queries/take-personal-versions'
import { takeVersion } from '@parley/db/queries/take-version'
import type { Id, Member } from '@parley/protocol'
import type { Run } from '../command.ts'

export type Adding = Pick<Run<unknown>, 'tx' | 'deps' | 'tell'>

/**
 * The one way in which people become members, told to the conversation and to each of them. Those who are members
 * already stay as they are; when nobody is new no version is taken. The caller holds the conversation.
 * @returns who joined
 */
export async function addPeople(
  { tx, deps, tell }: Adding,
  conversation: Id,
  people: readonly Member[],
): Promise<Id[]> {
  const there = await membersAmong(
    tx.sql,
    conversation,
    people.map(({ person }) => person),
  )
  const joined = people.filter(({ person }) => !there.has(person))
  const ids = joined.map(({ person }) => person)
  const [first] = ids
  if (first === undefined) return []
  const version = await takeVersion(tx.sql, conversation)
  const personal = await takePersonalVersions(tx.sql, ids)
  const rows = joined.map((member) => ({ ...member, personVersion: personal.get(member.person)! }))
  await addMembers(tx.sql, conversation, rows, { version, now: deps.now() })
  // Whoever has just joined has read everything: apart from the role all their memberships are the same.
  const [mine] = await myConversations(tx.sql, first, [conversation])
  const { conversation: now, membership } = mine!
  tell.conversation(conversation, {
    version,
    type: 'members.changed',
    joined,
    left: [],
    memberCount: now.memberCount,
  })
  for (const { person, role, personVersion } of rows)
    tell.person(person, {
      version: personVersion,
      type: 'membership.added',
      conversation: now,
      membership: { ...membership, role },
    })
  return ids
}
