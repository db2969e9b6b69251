import type { Conversation, FollowedThread, Id, Membership, Message } from '@parley/protocol'

/** A conversation that I am in, with my own relation to it. */
export type Mine = {
  readonly conversation: Readonly<Conversation>
  readonly membership: Readonly<Membership>
  readonly unread: number
  readonly badge: number
}

/** A message of mine before it stands among the others. */
export type Pending = {
  readonly id: string
  readonly conversation: Id
  readonly root: Id | null
  readonly text: string
  readonly at: number
} & ({ readonly state: 'queued' | 'sending' | 'sent' } | { readonly state: 'failed'; readonly says: string })

export type Timeline = {
  /** Roots have the ordinals floor + 1 … roots. */
  readonly roots: number
  readonly floor: number
  get(ordinal: number): Message | undefined
  readonly pending: readonly Pending[]
  /** Null when everything is read. */
  readonly firstUnreadOrdinal: number | null
  readonly revision: number
  /** Raised when messages were dropped: what is shown must be asked for again. */
  readonly epoch: number
}

export type Thread = {
  readonly root: Message | undefined
  readonly replies: number
  get(ordinal: number): Message | undefined
  readonly pending: readonly Pending[]
  readonly followed: FollowedThread | undefined
  readonly revision: number
  readonly epoch: number
}

export type Typing = { readonly person: Id; readonly root: Id | null }

export type Connection =
  | { state: 'idle' | 'connecting' | 'syncing' | 'live' }
  | { state: 'waiting'; until: number }
  /** Over: by us, by the server's word that the session is, or because this page is too old. */
  | { state: 'ended'; reason: string }

export type Topic =
  | 'connection'
  | 'conversations'
  | 'followed-threads'
  | `conversation/${Id}`
  | `timeline/${Id}`
  | `thread/${Id}/${Id}`
  | `typing/${Id}`

/**
 * What the interface needs of the sync engine; nothing more of it is reached from elsewhere. Snapshots stay the same
 * object until something in them changes.
 */
export type Sync = {
  subscribe(topic: Topic, listener: () => void): () => void
  connection(): Connection
  conversations(): readonly Mine[]
  conversation(id: Id): Mine | undefined
  timeline(id: Id): Timeline
  thread(id: Id, root: Id): Thread
  typingIn(id: Id): readonly Typing[]
  followedThreads(): readonly FollowedThread[]

  /** @throws ParleyError('too_many') when too much waits to be sent */
  send(conversation: Id, text: string, root?: Id): void
  edit(conversation: Id, message: Id, text: string): Promise<void>
  remove(conversation: Id, message: Id): Promise<void>
  react(conversation: Id, message: Id, emoji: string, on: boolean): Promise<void>
  markRead(conversation: Id, seq: number, back?: boolean): Promise<void>
  markThreadRead(conversation: Id, root: Id, replies: number): Promise<void>
  /** Loads what is not held of these roots. */
  ensure(conversation: Id, from: number, to: number): Promise<void>
  /** Loads the root and what is not held of these replies. */
  ensureThread(conversation: Id, root: Id, from: number, to: number): Promise<void>
  typing(conversation: Id, root?: Id): void
  retry(pending: string): void
  discard(pending: string): void
  close(): void
}
