import { type Id, LIMITS } from '@parley/protocol'
import { singleLine } from '../single-line.ts'
import { personKey } from './authors.ts'
import { conversationId } from './import-ids.ts'
import { decode, plainTokens, type Resolver } from './mrkdwn/index.ts'
import type { Remarks } from './remarks.ts'
import type { SlackConversation } from './slack-export.ts'

/** A conversation as the import would make it, its people by their keys. */
export type PlannedConversation = {
  readonly source: SlackConversation
  /** Remembered as `import_key`. */
  readonly key: string
  readonly id: Id
  /** Wanted: another may stand in its way. Null for direct and group conversations. */
  readonly name: string | null
  readonly topic: string
  readonly purpose: string
  readonly members: readonly string[]
  readonly creator: string | null
}

export const conversationKey = ({ id }: Pick<SlackConversation, 'id'>): string => `slack:${id}`

/** Null, with a remark, for what cannot be a conversation here: one with fewer than two people and no name. */
export function planConversation(
  source: SlackConversation,
  known: { has(key: string): boolean },
  remarks: Remarks,
): PlannedConversation | null {
  const where = source.name ?? source.id
  const members = [...new Set(source.members)].map(personKey)
  const here = members.filter((key) => known.has(key))
  for (let n = here.length; n < members.length; n += 1) remarks.add('changed.member', where)
  if ((source.kind === 'direct' || source.kind === 'group') && here.length < 2) {
    if (source.days.length > 0) remarks.add('skipped.direct', where)
    return null
  }
  const creator = source.creator === null ? null : personKey(source.creator)
  return {
    source,
    key: conversationKey(source),
    id: conversationId(source.id, source.createdAt),
    name:
      source.kind === 'public' || source.kind === 'private'
        ? singleLine(source.name!, LIMITS.conversationName) || source.id.toLowerCase()
        : null,
    topic: plain(source.topic),
    purpose: plain(source.purpose),
    members: here,
    creator: creator !== null && known.has(creator) ? creator : null,
  }
}

/** Topics are mrkdwn too, but here they are one plain line. */
const plain = (mrkdwn: string): string =>
  singleLine(decode(plainTokens(mrkdwn, NOBODY)), LIMITS.conversationTopic)

const NOBODY: Resolver = { person: () => null, personName: () => null, conversation: () => null }
