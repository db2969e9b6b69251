import { type Author, authorOf } from './authors.ts'
import { EARLIEST } from './import-ids.ts'
import { kindOf, type MessageKind } from './message-kinds.ts'
import type { Remark } from './remarks.ts'
import type { SlackMessage, SlackPerson } from './slack-export.ts'

/** What to do with the messages of people whom the export does not list. Nobody decides that by accident. */
export type UnknownPeople = 'refuse' | 'placeholder' | 'skip'

/** By which messages are judged, the same in the scan and in the import that follows it. */
export type Rules = {
  readonly users: ReadonlyMap<string, SlackPerson>
  /** Slack ids of users by their bot ids. */
  readonly bots: ReadonlyMap<string, string>
  readonly unknownPeople: UnknownPeople
}

export const rulesFor = (people: readonly SlackPerson[], unknownPeople: UnknownPeople): Rules => ({
  users: new Map(people.map((person) => [person.id, person])),
  bots: new Map(people.flatMap(({ id, botId }) => (botId === null ? [] : [[botId, id] as const]))),
  unknownPeople,
})

export type Kept = {
  readonly message: SlackMessage
  readonly kind: Exclude<MessageKind, 'notice' | 'repeat'>
  readonly author: Author
}

/** The messages that are imported, in the order given. */
export function keep(
  messages: readonly SlackMessage[],
  rules: Rules,
  remark: (remark: Remark, message: SlackMessage) => void,
): Kept[] {
  const kept: Kept[] = []
  for (const message of messages) {
    const kind = kindOf(message.subtype)
    if (kind === 'notice' || kind === 'repeat') remark(`skipped.${kind}`, message)
    else if (message.ts < EARLIEST) remark('skipped.early', message)
    else {
      if (kind === null) remark('changed.kind', message)
      const author = authorOf(message, rules.users, rules.bots)
      if (rules.unknownPeople === 'skip' && isUnknown(author, rules)) remark('skipped.author', message)
      else kept.push({ message, kind: kind ?? 'said', author })
    }
  }
  return kept
}

export const isUnknown = (author: Author, rules: Rules): boolean =>
  author.kind === 'user' && !rules.users.has(author.slackId)
