import type { Id } from '@parley/protocol'
import { personKey } from './authors.ts'
import { conversationId } from './import-ids.ts'
import type { Resolver } from './mrkdwn/index.ts'
import type { PlannedPerson } from './plan-people.ts'
import type { SlackConversation } from './slack-export.ts'

/**
 * Finds our ids for Slack's. `ids`, by key, wins over what was planned: somebody may have been here already.
 * Conversations that are planned keep their ids, so a mention is right before its channel has been imported.
 */
export function resolverOf(
  people: readonly PlannedPerson[],
  conversations: readonly SlackConversation[],
  ids: ReadonlyMap<string, Id> = new Map(),
): Resolver {
  const byKey = new Map(people.map((person) => [person.key, person]))
  const channels = new Map(conversations.map(({ id, createdAt }) => [id, conversationId(id, createdAt)]))
  return {
    person: (slackId) => {
      const key = personKey(slackId)
      return ids.get(key) ?? byKey.get(key)?.id ?? null
    },
    personName: (slackId) => byKey.get(personKey(slackId))?.name ?? null,
    conversation: (slackId) => channels.get(slackId) ?? null,
  }
}
