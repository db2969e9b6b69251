import { z } from 'zod'
import type { CloseReason } from './close-codes.ts'
import type { ErrorCode } from './errors.ts'
import type { ConversationEvent, PersonalEvent } from './events.ts'
import { ID_PATTERN, type Id, isId } from './ids.ts'
import { LIMITS } from './limits.ts'
import type { Conversation, FollowedThread, Membership, Message } from './model.ts'
import type { ChosenPresence, PersonPresence } from './presence.ts'

/** Zod shapes that the API shares with the frames. */
export const zId = z
  .string()
  .regex(ID_PATTERN, 'must be an id: a decimal number of at most 19 digits')
  .refine(isId, 'must be an id: a number below 2^63')
export const zText = z
  .string()
  .max(LIMITS.messageText, `must be at most ${LIMITS.messageText} characters`)
  .refine((text) => !text.includes('\u0000'), 'must not contain a NUL character')
  // the database would keep another character than those are told who are there
  .refine((text) => text.isWellFormed(), 'must not contain half a surrogate pair')
/**
 * What a reaction may be kept under: also by earlier versions and in an imported history, so that all of it can be taken
 * back. What may be put on a message is less, and for the act to say (packages/domain/src/emoji.ts): an act that is refused
 * is answered, while a frame of another shape ends the connection, and older clients are not told what they did.
 */
export const zKeptEmoji = z
  .string()
  .min(1, 'must not be empty')
  .max(64, 'must be at most 64 characters')
  .regex(/^[^\s<>]+$/, 'must be one emoji or its short name')
const req = z.int().min(0)

/** Frames from the client. Strict: a key that is not named here closes the connection. */
export const clientFrame = z.discriminatedUnion('t', [
  z.strictObject({
    t: z.literal('hello'),
    ticket: z.string().max(2_000),
    protocol: z.int(),
    client: z.string().max(200),
  }),
  z.strictObject({
    t: z.literal('send'),
    /** Made once per message by its device; a retry carries the same. */
    id: z.uuid(),
    conversation: zId,
    root: zId.optional(),
    text: zText,
    files: z.array(zId).max(LIMITS.filesPerMessage).optional(),
  }),
  z.strictObject({ t: z.literal('edit'), req, conversation: zId, message: zId, text: zText }),
  z.strictObject({ t: z.literal('delete'), req, conversation: zId, message: zId }),
  z.strictObject({
    t: z.literal('react'),
    req,
    conversation: zId,
    message: zId,
    emoji: zKeptEmoji,
    on: z.boolean(),
  }),
  z.strictObject({ t: z.literal('pin'), req, conversation: zId, message: zId, on: z.boolean() }),
  /** Everything up to `seq` is read. `back`: moves the position back ("mark unread from here"). */
  z.strictObject({
    t: z.literal('read'),
    req,
    conversation: zId,
    seq: z.int().min(0),
    back: z.boolean().optional(),
  }),
  z.strictObject({ t: z.literal('read-thread'), req, conversation: zId, root: zId, replies: z.int().min(0) }),
  z.strictObject({ t: z.literal('typing'), conversation: zId, root: zId.optional() }),
  /** Whether somebody uses this device. A connection that has not said so is in use. */
  z.strictObject({ t: z.literal('activity'), idle: z.boolean() }),
  /** Whose presence, and of which conversations the number of those online, is seen here now: all of it, each time. */
  z.strictObject({
    t: z.literal('look'),
    people: z.array(zId).max(LIMITS.lookPeople),
    conversations: z.array(zId).max(LIMITS.lookConversations),
  }),
  z.strictObject({
    t: z.literal('sync'),
    req,
    /** The personal version that the client holds; 0 for none. */
    person: z.int().min(0),
    /** What it holds: [conversation, version, 1 if it holds messages of it]. */
    conversations: z
      .array(z.tuple([zId, z.int().min(0), z.union([z.literal(0), z.literal(1)])]))
      .max(LIMITS.syncConversations),
    /** Says that `conversations` is not all it holds: leave the others alone. */
    only: z.boolean().optional(),
  }),
  /** Root messages with `from` ≤ ordinal ≤ `to`. */
  z.strictObject({
    t: z.literal('history'),
    req,
    conversation: zId,
    from: z.int().min(1),
    to: z.int().min(1),
  }),
  /** The root and replies with `from` ≤ ordinal ≤ `to` of one thread. */
  z.strictObject({
    t: z.literal('thread'),
    req,
    conversation: zId,
    root: zId,
    from: z.int().min(1),
    to: z.int().min(1),
  }),
  z.strictObject({ t: z.literal('ping') }),
])
export type ClientFrame = z.infer<typeof clientFrame>
export type ClientFrameType = ClientFrame['t']

/** One conversation in a sync answer. */
export type SyncedConversation = {
  conversation: Conversation
  membership: Membership
}

/** Messages that changed since the version that the client named, in the order of their versions. */
export type SyncedChanges = {
  conversation: Id
  /** Holding these, the client holds everything up to this version. */
  version: number
  /** Too far behind: drop the messages held and load history anew. */
  reset: boolean
  messages: Message[]
}

/** Shown in `hello` instead of a ticket, at any node, within `ms` milliseconds of being handed out. */
export type Resume = { token: string; ms: number }

/** Frames from the server. */
export type ServerFrame =
  | {
      t: 'welcome'
      person: Id
      session: Id
      node: string
      time: number
      heartbeat: number
      resume: Resume
    }
  | {
      t: 'ack'
      id: string
      conversation: Id
      message: Id
      seq: number
      version: number
      ordinal: number
      at: number
    }
  | { t: 'nack'; id: string; code: ErrorCode; says: string }
  | { t: 'done'; req: number }
  | { t: 'failed'; req: number; code: ErrorCode; says: string }
  | { t: 'events'; conversation: Id; events: ConversationEvent[] }
  | { t: 'personal'; events: PersonalEvent[] }
  | { t: 'typing'; conversation: Id; root?: Id; person: Id }
  /**
   * Of those looked at: who changed, and how many are online. Who may not be seen is never told of; `unknown`: people of
   * whom, or conversations of whose number online, nothing is to be known any more.
   */
  | {
      t: 'presence'
      people?: PersonPresence[]
      online?: [conversation: Id, people: number][]
      unknown?: Id[]
    }
  | {
      t: 'synced'
      req: number
      /** More frames of this answer follow. */
      more: boolean
      person: number
      conversations: SyncedConversation[]
      /** Conversations that the client named and the person is no longer in. */
      removed: Id[]
      /** What the person has chosen of their presence, when that is news. */
      chosen?: ChosenPresence
      threads: FollowedThread[]
      changes: SyncedChanges[]
    }
  /** `next`: it is not all that was asked for; from this ordinal on it is to be asked for again. */
  | { t: 'messages'; req: number; conversation: Id; version: number; messages: Message[]; next?: number }
  /** It stands at this version now; whoever holds less asks for the difference. */
  | { t: 'changed-conversation'; conversation: Id; version: number }
  | { t: 'changed-person'; person: Id; version: number }
  /** The database has gone away, or is back: until then what is sent waits. Who has heard nothing need not ask. */
  | { t: 'database'; away: boolean }
  /** Something may have been missed between nodes: sync now. */
  | { t: 'resync' }
  /** `resume`: in place of the one held, which is getting old. */
  | { t: 'pong'; resume?: Resume }
  /** `addresses`: where to go at once, best first. */
  | { t: 'bye'; reason: CloseReason; addresses?: string[] }
export type ServerFrameType = ServerFrame['t']
