import type { ImportedConversation } from '@parley/db/queries/import/conversations'
import { compareIds, type Id } from '@parley/protocol'
import { directKeyOf } from '../conversations/direct-key.ts'
import type { Outline } from './outline.ts'
import type { PlannedConversation } from './plan-conversation.ts'

/** Stands for whoever made what nobody is known to have made. */
const NOBODY: Id = '0'

/** A conversation's row once all of its messages are written. `name`: free, unlike perhaps the planned one. */
export function conversationRow(
  planned: PlannedConversation,
  { times, replies, authors }: Outline,
  ids: ReadonlyMap<string, Id>,
  name: string | null,
): ImportedConversation {
  const { source } = planned
  const members = membersOf(planned, ids)
  const lastSeq = times.length
  const first = times.length > 0 ? Math.floor(times[0]! / 1_000) : Date.now()
  const createdAt = source.createdAt ?? first
  const lastAt = times.length > 0 ? Math.floor(times.at(-1)! / 1_000) : createdAt
  const creator = planned.creator ?? authors.keys().next().value ?? planned.members[0]
  const channel = source.kind === 'public' || source.kind === 'private'
  return {
    key: planned.key,
    id: planned.id,
    kind: source.kind,
    name,
    topic: planned.topic,
    purpose: planned.purpose,
    directKey: channel ? null : directKeyOf(members),
    people: channel ? [] : members,
    createdBy: (creator === undefined ? undefined : ids.get(creator)) ?? NOBODY,
    createdAt,
    archivedAt: source.archived ? lastAt : null,
    lastAt,
    lastSeq,
    // One change after the last message: that its members joined.
    lastVersion: lastSeq + 1,
    roots: lastSeq - replies,
    memberCount: members.length,
  }
}

/** Sorted, each once: two Slack accounts may be one person here. */
export const membersOf = (planned: PlannedConversation, ids: ReadonlyMap<string, Id>): Id[] =>
  [...new Set(planned.members.map((key) => ids.get(key)!))].sort(compareIds)
