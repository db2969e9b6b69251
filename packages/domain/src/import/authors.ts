import type { SlackMessage } from './slack-export.ts'

/**
 * Who wrote a message: somebody by Slack id, or a bot that exports name only in its messages.
 * `key` is unique over both, and what the database remembers the person by.
 */
export type Author =
  | { readonly kind: 'user'; readonly key: string; readonly slackId: string }
  | { readonly kind: 'bot'; readonly key: string; readonly name: string }

export const personKey = (slackId: string): string => `slack:${slackId}`

/** Slack's own voice; it is in `users.json` of some exports only. */
const SLACKBOT = 'USLACKBOT'
const NAMELESS = 'Imported bot'

/** `users`: Slack ids of `users.json`. `bots`: the users behind bot ids. */
export function authorOf(
  message: Pick<SlackMessage, 'user' | 'bot'>,
  users: { has(slackId: string): boolean },
  bots: ReadonlyMap<string, string>,
): Author {
  const { user, bot } = message
  if (user !== null && users.has(user)) return { kind: 'user', key: personKey(user), slackId: user }
  const behind = bot?.id ? bots.get(bot.id) : undefined
  if (behind !== undefined) return { kind: 'user', key: personKey(behind), slackId: behind }
  if (bot !== null)
    return {
      kind: 'bot',
      key: bot.id ? `slack:bot:${bot.id}` : `slack:bot-named:${bot.name}`,
      name: bot.name ?? NAMELESS,
    }
  if (user === SLACKBOT) return { kind: 'bot', key: personKey(SLACKBOT), name: 'Slackbot' }
  if (user !== null) return { kind: 'user', key: personKey(user), slackId: user }
  return { kind: 'bot', key: 'slack:bot-named:', name: NAMELESS }
}
