import type { Id } from '@parley/protocol'
import type { ErrorCode } from '@parley/protocol/errors'

/** What the server said on accepting a message. `at`: Unix milliseconds. */
export type Ack = { message: Id; seq: number; version: number; ordinal: number; at: number }

export type PendingState =
  | { state: 'queued' }
  | { state: 'sending' }
  /** Accepted; the message itself is still on its way. */
  | { state: 'sent'; ack: Ack }
  | { state: 'failed'; code: ErrorCode; says: string }

/** An own message before it appears among the others. A new object each time that its state changes. */
export type PendingMessage = {
  readonly id: string
  readonly conversation: Id
  readonly root: Id | null
  readonly text: string
  readonly files: readonly Id[]
  readonly at: number
} & Readonly<PendingState>

export type Draft = { conversation: Id; text: string; root?: Id | undefined; files?: Id[] | undefined }
