import type {
  ChosenPresence,
  ConversationEvent,
  FollowedThread,
  Id,
  Message,
  PersonPresence,
} from '@parley/protocol'
import type { ConnectionState } from './connection/state.ts'
import type { Sending } from './outbox/outbox.ts'
import type { Ack } from './outbox/pending.ts'
import type { BlockedMemory, Clock, OutboxStorage, Route, Socket, Surroundings } from './ports.ts'
import type { ConversationView, ThreadView, TimelineView, Typing } from './views/shapes.ts'
import type { Listener, Topic } from './views/topics.ts'

export type SyncOptions = {
  /**
   * Asks the API where to connect. A ParleyError whose code may not succeed later (`signed_out`) ends the client;
   * whatever else is thrown is tried again.
   */
  connect(surroundings: Surroundings): Promise<Route>
  openSocket(address: string): Socket
  /** Opens a long poll of the same node (`openPoll`), for where sockets are blocked; without it, there are only sockets. */
  openPoll?: (address: string) => Socket
  /** Keeps for the next client that sockets are blocked here; without it, each waits for one first. */
  blocked?: BlockedMemory
  /**
   * Whether the host is known to be kept from an address, whoever is there: a page reaches only what the policy that it was
   * loaded with names (CSP). It need not be known before the address is tried. A client that is sent to nothing else for a
   * while ends as too old.
   */
  isBarred?: (address: string) => boolean
  /**
   * Whose client it is; without it, whoever connects first. A connection that turns out to be somebody else's ends the
   * client (`signed_out`).
   */
  person?: Id
  /** Keeps what is not sent yet over restarts; without it, it is lost with the process. */
  storage?: OutboxStorage
  clock?: Clock
  /** As Math.random. */
  random?: () => number
  /** Name and version of the program, as the server shows it beside the session. */
  client?: string
  /** Unacknowledged messages in one conversation (default 16). With 1, a message put off is never overtaken. */
  inFlight?: number
  /** Keep the messages of every conversation from the first on, not only of those that were looked at. */
  holdAll?: boolean
  /**
   * For bots and measurements. Every event as it is applied: those of a conversation in the order of their versions, each
   * once. What happened while they could not be heard comes by catching up (`onChanges`).
   */
  onEvent?: (conversation: Id, event: ConversationEvent) => void
  /**
   * Messages as an answer found them, with `reset` after all that was held of the conversation was dropped. They may be
   * newer than the answer's conversation: an event that follows then tells of the same version of a message again.
   */
  onChanges?: (conversation: Id, messages: Message[], reset: boolean) => void
  /** Something outside of the engine failed that it can go on without: the storage. */
  onProblem?: (what: string, error: unknown) => void
}

/**
 * A client. Reading answers at once with what is held; acts reject with the ParleyError that the server gave, or with
 * `unavailable` when it could not be reached.
 */
export type Sync = {
  /** Connects, and from then on stays connected as well as the network allows. */
  start(): void
  /** Ends it for good. What is not sent yet stays in the storage. */
  close(): void
  /** The network may be back, or the device was asleep: do not wait for the next attempt. */
  online(): void
  /** Resolves when everything that had happened by the time of the call is here. Rejects only when closed. */
  whole(): Promise<void>
  /** Whose client it is; null until the server has said so. */
  me(): Id | null

  /** Calls `listener` when what the topic's reader answers has changed, once a turn. The answer ends it. */
  subscribe(topic: Topic, listener: Listener): () => void
  connection(): ConnectionState
  /** All conversations, that in which something was said last first. */
  conversations(): readonly ConversationView[]
  conversation(id: Id): ConversationView | undefined
  timeline(id: Id): TimelineView
  thread(id: Id, root: Id): ThreadView
  typingIn(id: Id): readonly Typing[]
  /**
   * How somebody is, while `topics.presence` of them is subscribed to; undefined until it is known, for whom one may not
   * see, and of everybody once there has been no connection for a while.
   */
  presenceOf(person: Id): PersonPresence | undefined
  /** How many members are online, while `topics.online` is subscribed to. Undefined likewise. */
  onlineIn(conversation: Id): number | undefined
  /** All followed threads, that with the latest reply first. */
  followedThreads(): readonly FollowedThread[]
  /**
   * What this person has chosen of their presence, undefined until that is known; `chosenAt` says what of it holds by
   * now.
   */
  chosenPresence(): ChosenPresence | undefined

  /**
   * Writes a message, which is sent as soon as that is possible, and in order.
   * @throws ParleyError `too_many` when too much waits to be sent
   */
  send(conversation: Id, text: string, root?: Id, files?: Id[]): Sending
  /** Sends a message that failed once more, as the last of its conversation. */
  retry(pending: string): Promise<Ack>
  /** Forgets a message that failed or was not sent yet. False when it is on its way, or unknown. */
  discard(pending: string): boolean
  edit(conversation: Id, message: Id, text: string): Promise<void>
  remove(conversation: Id, message: Id): Promise<void>
  react(conversation: Id, message: Id, emoji: string, on: boolean): Promise<void>
  pin(conversation: Id, message: Id, on: boolean): Promise<void>
  /** Everything up to `seq` is read: shown at once, told when possible. `back`: it may also move back. */
  markRead(conversation: Id, seq: number, back?: boolean): Promise<void>
  /** The first `replies` replies of a followed thread are read. */
  markThreadRead(conversation: Id, root: Id, replies: number): Promise<void>
  /** Loads what is not held of the roots with from ≤ ordinal ≤ to. */
  ensure(conversation: Id, from: number, to: number): Promise<void>
  /** Loads the root, and what is not held of its replies with from ≤ ordinal ≤ to. */
  ensureThread(conversation: Id, root: Id, from: number, to: number): Promise<void>
  /** Whether this device is in use: others see whoever uses none of theirs as away. */
  idle(isIdle: boolean): void
  /** This person is typing: call it for every key, it is told seldom. */
  typing(conversation: Id, root?: Id): void
}
