import type {
  Conversation,
  ConversationEvent,
  FollowedThread,
  Id,
  Membership,
  Message,
} from '@parley/protocol'
import type { Local } from '../reading/local.ts'
import type { ConversationView, ThreadView, TimelineView } from '../views/shapes.ts'
import type { Effect } from './membership.ts'

/** The messages held of one conversation. They are a sparse map: holding one says nothing of its neighbours. */
export type Copy = {
  byId: Map<Id, Message>
  roots: Map<number, Message>
  threads: Map<Id, Map<number, Message>>
  /** Every change up to this version is in the messages held. */
  complete: number
  /** Some came with a page of history older than `complete`: changes after this version are to be asked for. */
  staleFrom: number | null
  /** The latest events, contiguous, up to the conversation's version. */
  recent: ConversationEvent[]
  /** The roots last asked for, which are the last to be dropped. */
  window: { from: number; to: number }
}

/** One conversation that this person is in. Mutable and private to the engine; views are made from it. */
export type Held = {
  readonly id: Id
  conversation: Conversation
  membership: Membership
  /** The conversation's version that the membership stands for: older events have had their effect on it. */
  membershipAt: number
  /** The personal version that it stands for: older personal events have had theirs. */
  personAt: number
  effects: Effect[]
  /** `effects` is complete after this version. */
  effectsFrom: number
  followed: Map<Id, FollowedThread>
  /** What this device has read and the server does not know yet: of roots, and replies of threads. */
  reading: Local | null
  readingThreads: Map<Id, number>
  copy: Copy | null
  /** Whether something is known to be missing: it is to be asked for, or has been. */
  sync: 'no' | 'wanted' | 'asked'
  /** Ask for the conversation and the membership even if the version has not moved. */
  refresh: boolean
  /** The highest version heard of. */
  seen: number
  /** When messages of it were last looked at; the longest ago are dropped first. */
  usedAt: number
  views: { conversation?: ConversationView; timeline?: TimelineView; threads: Map<Id, ThreadView> }
  revision: number
  /** Raised when messages that were held are dropped, so that who shows them loads anew. */
  epoch: number
}

/** What was accepted up to this version is here, among the messages too if any are held. */
export const heldUpTo = ({ conversation, copy }: Held): number =>
  copy ? Math.min(copy.complete, conversation.version) : conversation.version

export const newCopy = (complete: number): Copy => ({
  byId: new Map(),
  roots: new Map(),
  threads: new Map(),
  complete,
  staleFrom: null,
  recent: [],
  window: { from: 1, to: 0 },
})

export const newHeld = (conversation: Conversation, membership: Membership, personAt: number): Held => ({
  id: conversation.id,
  conversation: { ...conversation },
  membership: { ...membership, mentionSeqs: [...membership.mentionSeqs] },
  membershipAt: conversation.version,
  personAt,
  effects: [],
  effectsFrom: conversation.version,
  followed: new Map(),
  reading: null,
  readingThreads: new Map(),
  copy: null,
  sync: 'no',
  refresh: false,
  seen: conversation.version,
  usedAt: 0,
  views: { threads: new Map() },
  revision: 0,
  epoch: 0,
})
