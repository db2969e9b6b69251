import type { Id } from './ids.ts'

/** Times are Unix milliseconds. */
export type ConversationKind = 'direct' | 'group' | 'private' | 'public'
export type MembershipRole = 'owner' | 'member'

export type Reaction = { emoji: string; people: Id[] }

export type FileCard = {
  id: Id
  name: string
  /** Media type, sniffed from the content. */
  type: string
  size: number
  width: number | null
  height: number | null
  /** A tiny preview as a data URL, shown until the thumbnail has loaded. */
  blur: string | null
  thumbnail: boolean
}

/** What a root message knows of its thread. `people`: the first five who replied, in order. */
export type ThreadCard = { replies: number; lastAt: number; people: Id[] }

/** The state of one message. The same shape whether it came as an event, by sync or as history. */
export type Message = {
  id: Id
  conversation: Id
  /** Place among all messages of the conversation, from 1, without gaps. */
  seq: number
  /** The conversation's version at this message's last change. */
  version: number
  /** Roots: place among the roots, from 1, without gaps. Replies: place within the thread, from 1. */
  ordinal: number
  root: Id | null
  sender: Id
  /** The sender's own id for it, by which its device recognises it. Null for what was not sent by a client. */
  client: string | null
  text: string
  at: number
  editedAt: number | null
  /** A message that is gone keeps its place: `deleted` by a person, `expired` by retention. */
  gone: 'deleted' | 'expired' | null
  mentions: Id[]
  reactions: Reaction[]
  files: FileCard[]
  thread: ThreadCard | null
  pinned: boolean
}

/** What everyone in a conversation shares. */
export type Conversation = {
  id: Id
  kind: ConversationKind
  name: string | null
  topic: string
  purpose: string
  archived: boolean
  createdAt: number
  createdBy: Id
  /** Last version and seq given out. */
  version: number
  seq: number
  /** Root messages ever, and those at or below `floor` are gone for good. */
  roots: number
  floor: number
  lastAt: number
  memberCount: number
  /** The participants of a direct or group conversation; empty for channels. */
  people: Id[]
}

/** One person's own relation to a conversation. */
export type Membership = {
  role: MembershipRole
  /** Everything up to here is read: as seq, and as ordinal of the last root at or before it. */
  readSeq: number
  readOrdinal: number
  /** Seqs of unread messages that mention this person, ascending, the newest 100. */
  mentionSeqs: number[]
  muted: boolean
  favourite: boolean
}

/** A thread that one person follows. Unread = replies − read. */
export type FollowedThread = { conversation: Id; root: Id; replies: number; read: number; lastAt: number }

export type Member = { person: Id; role: MembershipRole }

/** Unread root messages; arithmetic on counters, never a count over rows. */
export const unreadOf = (c: Conversation, m: Membership): number =>
  Math.max(0, c.roots - Math.max(m.readOrdinal, c.floor))

/** What a badge shows: every unread message in a direct or group conversation, else the mentions. */
export const badgeOf = (c: Conversation, m: Membership): number =>
  c.kind === 'direct' || c.kind === 'group' ? unreadOf(c, m) : m.mentionSeqs.length
