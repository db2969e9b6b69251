import type { Conversation, FollowedThread, Id, Membership, Message } from '@parley/protocol'
import type { PendingMessage } from '../outbox/pending.ts'

/**
 * Snapshots. The same object is answered until something in it changes, so that they suit React's
 * useSyncExternalStore. `get` reads what is held at the moment of the call.
 */
export type ConversationView = {
  readonly conversation: Readonly<Conversation>
  /** With the read position as moved on this device. */
  readonly membership: Readonly<Membership>
  /** Unread roots. */
  readonly unread: number
  /** What a badge shows. */
  readonly badge: number
}

export type TimelineView = {
  /** Roots have the ordinals floor + 1 … roots. */
  readonly roots: number
  readonly floor: number
  /** The root with that ordinal, if it is held; `ensure` loads it if not. */
  get(ordinal: number): Message | undefined
  /** Own roots that are not among the messages yet, in their order. */
  readonly pending: readonly PendingMessage[]
  /** Null when everything is read. */
  readonly firstUnreadOrdinal: number | null
  /** Differs whenever anything in it does. */
  readonly revision: number
  /** Raised when messages were dropped: what is shown must be ensured again. */
  readonly epoch: number
}

export type ThreadView = {
  readonly root: Message | undefined
  /** Replies have the ordinals 1 … replies. */
  readonly replies: number
  get(ordinal: number): Message | undefined
  readonly pending: readonly PendingMessage[]
  /** Present when followed: unread = replies − read. */
  readonly followed: FollowedThread | undefined
  readonly revision: number
  readonly epoch: number
}

/** `until`: Unix milliseconds. */
export type Typing = { readonly person: Id; readonly root: Id | null; readonly until: number }
