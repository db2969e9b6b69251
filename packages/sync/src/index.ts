/**
 * The client engine. It holds one person's conversations, keeps them the same as the server's over whatever the network
 * does, and sends what this person writes. No React, no DOM, no Node: browser, bots, tests and load generator use it.
 */
export { createClient } from './client.ts'
export { openPoll } from './connection/poll.ts'
export type { ConnectionState, EndReason, Trouble } from './connection/state.ts'
export type { Sync, SyncOptions } from './contract.ts'
export type { Sending } from './outbox/outbox.ts'
export type { Ack, PendingMessage, PendingState } from './outbox/pending.ts'
export {
  type BlockedMemory,
  type Clock,
  type Departure,
  type OutboxEntry,
  type OutboxStorage,
  type Post,
  type Route,
  type Socket,
  type Surroundings,
  systemClock,
} from './ports.ts'
export type { ConversationView, ThreadView, TimelineView, Typing } from './views/shapes.ts'
export { type Topic, topics } from './views/topics.ts'
