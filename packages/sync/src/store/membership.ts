import type { ConversationEvent, Id, Membership, Message } from '@parley/protocol'
import { LIMITS } from '@parley/protocol/limits'
import { EVERYONE } from '@parley/protocol/text'
import { BOUNDS } from '../bounds.ts'
import { settleReading } from '../reading/local.ts'
import type { Held } from './held.ts'

/**
 * What a conversation's events do to one person's membership, as the server does it:
 * whoever posts a root has read up to it, and messages of others that mention the person are listed while unread.
 */
export type Effect = { version: number } & (
  | { does: 'read'; seq: number; ordinal: number }
  | { does: 'mention'; seq: number }
  | { does: 'unmention'; seq: number }
)

const mentions = (people: readonly Id[], me: Id) => people.includes(me) || people.includes(EVERYONE)

const mentionsMe = (m: Message, me: Id): boolean =>
  m.gone === null && m.mentions.length > 0 && m.sender !== me && mentions(m.mentions, me)

export function effectOf(event: ConversationEvent, me: Id): Effect | null {
  const { version } = event
  if (event.type === 'message.created') {
    const m = event.message
    if (m.sender === me)
      return m.root === null ? { version, does: 'read', seq: m.seq, ordinal: m.ordinal } : null
    return mentionsMe(m, me) ? { version, does: 'mention', seq: m.seq } : null
  }
  if (event.type !== 'message.changed') return null
  const m = event.message
  const now = mentionsMe(m, me)
  const before = event.was.length > 0 && m.sender !== me && mentions(event.was, me)
  return now === before ? null : { version, does: now ? 'mention' : 'unmention', seq: m.seq }
}

/** @returns false when the list was cut before, so that what moves up into it is not known here */
export function applyEffect(m: Membership, effect: Effect): boolean {
  const { mentionSeqs } = m
  if (effect.does === 'read') {
    m.readSeq = effect.seq
    m.readOrdinal = effect.ordinal
    m.mentionSeqs = mentionSeqs.filter((seq) => seq > effect.seq)
    return true
  }
  const { seq } = effect
  if (effect.does === 'unmention') {
    if (!mentionSeqs.includes(seq)) return true
    m.mentionSeqs = mentionSeqs.filter((s) => s !== seq)
    return mentionSeqs.length < LIMITS.mentionSeqs
  }
  if (seq <= m.readSeq || mentionSeqs.includes(seq)) return true
  mentionSeqs.push(seq)
  if (mentionSeqs.length > 1 && seq < mentionSeqs.at(-2)!) mentionSeqs.sort((a, b) => a - b)
  if (mentionSeqs.length > LIMITS.mentionSeqs) mentionSeqs.shift()
  return true
}

/** Applies an event's effect once, and remembers it for a membership that was read before it and arrives after it. */
export function affect(held: Held, event: ConversationEvent, me: Id): boolean {
  if (event.version <= held.membershipAt) return true
  held.membershipAt = event.version
  const effect = effectOf(event, me)
  if (!effect) return true
  held.effects.push(effect)
  if (held.effects.length > BOUNDS.effects) held.effectsFrom = held.effects.shift()!.version
  const exact = applyEffect(held.membership, effect)
  if (effect.does === 'read') settleReading(held)
  return exact
}

/**
 * Takes a membership that the server read when the conversation stood at `at`; without it, as of now.
 * @returns false when it is older than what is remembered here, so that it may lack something
 */
export function takeMembership(held: Held, membership: Membership, at: number = held.membershipAt): boolean {
  held.membership = { ...membership, mentionSeqs: [...membership.mentionSeqs] }
  if (at >= held.membershipAt) {
    held.membershipAt = at
    held.effects = []
    held.effectsFrom = at
    settleReading(held)
    return true
  }
  let exact = at >= held.effectsFrom
  for (const effect of held.effects)
    if (effect.version > at && !applyEffect(held.membership, effect)) exact = false
  settleReading(held)
  return exact
}
