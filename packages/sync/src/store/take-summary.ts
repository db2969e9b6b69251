import type { Conversation, Membership } from '@parley/protocol'
import { settleReading } from '../reading/local.ts'
import { refresh } from './apply-event.ts'
import { dropGone } from './drop-gone.ts'
import type { Held } from './held.ts'
import type { Store } from './store.ts'
import { touchSummary, touchTimeline } from './touch.ts'

/**
 * Takes the conversation and the membership as the server just read them together.
 * Nothing goes backward: an older answer than what is held is not taken, and asked for once more.
 */
export function takeSummary(
  store: Store,
  held: Held,
  conversation: Conversation,
  membership: Membership,
  personAt: number,
): void {
  if (conversation.version < held.conversation.version) {
    refresh(store, held)
    return
  }
  const lower = held.conversation.floor
  const jumped = conversation.version > held.conversation.version
  held.refresh = false
  held.conversation = { ...conversation }
  held.membership = { ...membership, mentionSeqs: [...membership.mentionSeqs] }
  held.membershipAt = conversation.version
  held.personAt = personAt
  settleReading(held)
  held.effects = []
  held.effectsFrom = conversation.version
  if (conversation.version > held.seen) held.seen = conversation.version
  if (held.copy && jumped) held.copy.recent = []
  // Mentions and threads come whole with this answer.
  if (conversation.floor > lower) dropGone(store, held)
  touchSummary(store, held)
  touchTimeline(store, held)
  store.hooks.reached(held)
}
