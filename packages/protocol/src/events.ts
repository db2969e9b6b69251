import type { Id } from './ids.ts'
import type { Conversation, FollowedThread, Member, Membership, Message, ThreadCard } from './model.ts'
import type { ChosenPresence } from './presence.ts'

/**
 * One change of a conversation. Versions are contiguous: a client that holds version v and sees v+2 knows
 * that it has missed something and asks for it.
 */
export type ConversationEvent = { version: number } & (
  | {
      type: 'message.created'
      message: Message
      /** For a reply: the thread as it now stands, and who wrote its root (that person follows it). */
      thread?: ThreadCard & { author: Id }
    }
  | {
      type: 'message.changed'
      message: Message
      /** Whom it mentioned before, so that counts can be corrected without holding the message. */
      was: Id[]
    }
  | { type: 'members.changed'; joined: Member[]; left: Id[]; memberCount: number }
  | { type: 'conversation.changed'; changes: ConversationChanges }
  /** Roots at or below the floor, and their threads, are gone from every copy. */
  | { type: 'floor.moved'; floor: number }
)

export type ConversationChanges = Partial<
  Pick<Conversation, 'name' | 'topic' | 'purpose' | 'archived' | 'kind'>
>

/** One change of a person's own state, numbered per person. */
export type PersonalEvent = { version: number } & (
  | { type: 'membership.added'; conversation: Conversation; membership: Membership }
  | { type: 'membership.removed'; conversation: Id }
  | {
      type: 'membership.changed'
      conversation: Id
      membership: Membership
      /**
       * The conversation's version when the membership was read, in the same statement. The two streams arrive
       * in any order: with it, what newer events did to the read position and the mentions is not undone.
       */
      at?: number
    }
  | { type: 'thread.changed'; thread: FollowedThread }
  | { type: 'presence.chosen'; chosen: ChosenPresence }
)
