import type { Id } from '@parley/protocol'
import { personKey } from './authors.ts'
import { conversationId } from './import-ids.ts'
import type { Resolver } from './mrkdwn/index.ts'
import { conversationKey } from './plan-conversation.ts'
import type { PlannedPerson } from './plan-people.ts'
import type { SlackConversation } from './slack-export.ts'

const NOBODY_HERE = { people: new Map<string, Id>(), conversations: new Map<string, Id>() }

/**
 * Finds our ids for Slack's. What is `here` already, by key, wins over what was planned.
 * Conversations that are planned keep their ids, so a mention is right before its channel has been imported.
 */
export function resolverOf(
  people: readonly PlannedPerson[],
  conversations: readonly SlackConversation[],
  here: { people: ReadonlyMap<string, Id>; conversations: ReadonlyMap<string, Id> } = NOBODY_HERE,
): Resolver {
  const byKey = new Map(people.map((person) => [person.key, person]))
  const channels = new Map(
    conversations.map((c) => [
      c.id,
      here.conversations.get(conversationKey(c)) ?? conversationId(c.id, c.createdAt),
    ]),
  )
  return {
    person: (slackId) => {
      const key = personKey(slackId)
      return here.people.get(key) ?? byKey.get(key)?.id ?? null
    },
    personName: (slackId) => byKey.get(personKey(slackId))?.name ?? null,
    conversation: (slackId) => channels.get(slackId) ?? null,
  }
}
