import type { Conversation, FollowedThread, Id, Membership, Message } from '@parley/protocol'

/** A conversation that I am in, with my own relation to it. */
export type Mine = { conversation: Conversation; membership: Membership }

/** A message of mine on its way. `refused`: the server will not take it; only retry or discard end that. */
export type Pending = {
  id: string
  conversation: Id
  root: Id | null
  text: string
  at: number
  state: 'waiting' | 'refused'
  says?: string
}

export type Timeline = {
  roots: number
  floor: number
  get: (ordinal: number) => Message | undefined
  pending: readonly Pending[]
  /** Ordinal of the first unread root; null when all is read. */
  firstUnreadOrdinal: number | null
  revision: number
}

export type Thread = {
  root: Message | undefined
  replies: number
  get: (ordinal: number) => Message | undefined
  pending: readonly Pending[]
  read: number | null
  revision: number
}

/** `since`: when it last was well, in Unix milliseconds. `signed-out` and `too-old` do not heal by themselves. */
export type Connection =
  | { state: 'online' }
  | { state: 'connecting' | 'offline'; since: number }
  | { state: 'signed-out' | 'too-old' }

/** What the interface needs of the sync engine, and nothing more of it is reached from elsewhere. */
export type Sync = {
  subscribe: (topic: Topic, listener: () => void) => () => void
  conversations: () => readonly Mine[]
  conversation: (id: Id) => Mine | undefined
  timeline: (id: Id) => Timeline
  thread: (id: Id, root: Id) => Thread
  connection: () => Connection
  typing: (id: Id, root?: Id) => readonly Id[]
  followedThreads: () => readonly FollowedThread[]
  /** Whether the first answer has come, from the server or from what this device kept. */
  ready: () => boolean

  send: (conversation: Id, text: string, root?: Id) => void
  edit: (conversation: Id, message: Id, text: string) => Promise<void>
  remove: (conversation: Id, message: Id) => Promise<void>
  react: (conversation: Id, message: Id, emoji: string, on: boolean) => Promise<void>
  pin: (conversation: Id, message: Id, on: boolean) => Promise<void>
  markRead: (conversation: Id, seq: number, back?: boolean) => Promise<void>
  markThreadRead: (conversation: Id, root: Id, replies: number) => Promise<void>
  ensure: (conversation: Id, from: number, to: number) => void
  ensureThread: (conversation: Id, root: Id, from: number, to: number) => void
  sayTyping: (conversation: Id, root?: Id) => void
  retry: (pending: string) => void
  discard: (pending: string) => void
  close: () => void
}

export type Topic =
  | 'conversations'
  | 'connection'
  | 'threads'
  | `conversation:${Id}`
  | `timeline:${Id}`
  | `thread:${Id}:${Id}`
  | `typing:${Id}`
