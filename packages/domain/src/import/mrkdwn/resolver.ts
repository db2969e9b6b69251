import type { Id } from '@parley/protocol'

/** Who and what Slack's ids are here. Null for those that are not imported. */
export type Resolver = {
  person(slackId: string): Id | null
  personName(slackId: string): string | null
  conversation(slackId: string): Id | null
}

/** References of one message that lead nowhere, by their Slack id: reported, and shown as plain text. */
export type Dangling = { readonly people: string[]; readonly conversations: string[] }
