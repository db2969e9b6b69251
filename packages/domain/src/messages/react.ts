import { LIMITS, ParleyError, type Reaction, zId, zKeptEmoji } from '@parley/protocol'
import { z } from 'zod'
import { command } from '../command.ts'
import { heldMember } from '../conversations/access.ts'
import { EMOJI_SAYS, isEmoji } from '../emoji.ts'
import { changeMessage } from './change-message.ts'

const input = z.strictObject({
  conversation: zId,
  message: zId,
  // the database would keep another character than those are told who are there
  emoji: zKeptEmoji.refine((text) => text.isWellFormed(), 'must not contain half a surrogate pair'),
  on: z.boolean(),
})

/**
 * Adds or takes back one person's reaction. Doing it twice changes nothing. What is on the message already, from an import or
 * an earlier version, is joined and taken back whatever it is; what is new there must be an emoji.
 */
export const react = command({
  name: 'message.react',
  input,
  access: heldMember,
  limit: 'message',
  tokens: 'messages:write',
  audit: { none: 'a reaction is its own record' },
  async run(context, { message, emoji, on }) {
    const me = context.scope.me.id
    const { after } = await changeMessage(context, message, ({ reactions }) => {
      const there = reactions.find((r) => r.emoji === emoji)
      if ((there?.people.includes(me) ?? false) === on) return null
      if (on && !there && !isEmoji(emoji))
        throw new ParleyError('bad_input', `emoji: ${EMOJI_SAYS}`, { field: 'emoji' })
      if (on && !there && reactions.length >= LIMITS.reactionsPerMessage)
        throw new ParleyError(
          'conflict',
          `A message takes at most ${LIMITS.reactionsPerMessage} different reactions.`,
        )
      return { reactions: on ? added(reactions, emoji, me) : removed(reactions, emoji, me) }
    })
    return after
  },
})

const added = (reactions: Reaction[], emoji: string, person: string): Reaction[] =>
  reactions.some((r) => r.emoji === emoji)
    ? reactions.map((r) => (r.emoji === emoji ? { ...r, people: [...r.people, person] } : r))
    : [...reactions, { emoji, people: [person] }]

const removed = (reactions: Reaction[], emoji: string, person: string): Reaction[] =>
  reactions
    .map((r) => (r.emoji === emoji ? { ...r, people: r.people.filter((p) => p !== person) } : r))
    .filter((r) => r.people.length > 0)
