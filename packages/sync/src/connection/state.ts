import type { CloseReason } from '@parley/protocol/close-codes'
import type { ErrorCode } from '@parley/protocol/errors'

/** `unreachable`: no address answered. `lost`: a connection that stood went silent or broke. */
export type Trouble = CloseReason | ErrorCode | 'unreachable' | 'lost'

/** `closed`: by the host. Otherwise what the server said: the session is over, or the client is too old. */
export type EndReason = CloseReason | ErrorCode | 'closed'

/** Where a client stands with the server. Times are Unix milliseconds. */
export type ConnectionState =
  | { state: 'idle' }
  | { state: 'connecting'; attempt: number }
  /** Connected, and being brought up to date. */
  | { state: 'syncing'; node: string }
  | { state: 'live'; node: string; since: number }
  | { state: 'waiting'; attempt: number; until: number; why: Trouble }
  | { state: 'ended'; reason: EndReason }
