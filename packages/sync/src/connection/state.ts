import type { CloseReason } from '@parley/protocol/close-codes'
import type { ErrorCode } from '@parley/protocol/errors'

/** `unreachable`: no address answered. `lost`: a connection that stood went silent or broke. */
export type Trouble = CloseReason | ErrorCode | 'unreachable' | 'lost'

/** `closed`: by the host. Otherwise what the server said: the session is over, or the client is too old. */
export type EndReason = CloseReason | ErrorCode | 'closed'

/** What frames go over: a WebSocket, or long polling where there is none. */
export type Transport = 'socket' | 'poll'

type Inside = { node: string; transport: Transport; databaseAway?: boolean; silent?: true }

/**
 * Where a client stands with the server. Times are Unix milliseconds.
 * `again`: it was live before. Until then there may be nothing to show, and nobody has lost anything.
 * `databaseAway`: the server keeps nothing new until it is back. Known on for as long as attempts fail as `unavailable`.
 * `silent`: something was asked, and neither that nor the ping after it was followed by anything yet.
 */
export type ConnectionState =
  | { state: 'idle' }
  | { state: 'connecting'; again: boolean; attempt: number; databaseAway?: true }
  /** Connected, and being brought up to date. */
  | ({ state: 'syncing'; again: boolean } & Inside)
  | ({ state: 'live'; since: number } & Inside)
  | { state: 'waiting'; again: boolean; attempt: number; until: number; why: Trouble; databaseAway?: true }
  | { state: 'ended'; reason: EndReason }
