import type { ConnectionState } from '@parley/sync'

export type Notice =
  | 'database-away'
  | 'silent'
  | 'offline'
  | 'offline-first'
  | 'connecting'
  | 'connecting-again'

/** What each says: what is wrong, and what works meanwhile. */
export const NOTICES: Record<Notice, string> = {
  'database-away':
    'The server cannot reach its database. You can read what is here and write: messages leave once it can.',
  silent: 'The server does not answer. You can read what is here and write: messages leave once it does.',
  offline: 'You are offline. You can read what is here and write: messages leave when you are back.',
  'offline-first': 'You are offline. Your conversations are here as soon as you are back.',
  connecting: 'Connecting… Your conversations are here as soon as it is done.',
  'connecting-again': 'Connecting again. You can read and write: messages leave once it is done.',
}

/**
 * What is to be said about a connection that has been in trouble for a while; null when there is nothing to say. It is in
 * trouble also while what was asked, and the ping after it, are followed by nothing: somebody waits for that.
 */
export function noticeOf(connection: ConnectionState, offline: boolean): Notice | null {
  if (connection.state === 'ended') return null
  const inside = connection.state === 'live' || connection.state === 'syncing' ? connection : null
  const databaseAway = 'databaseAway' in connection && connection.databaseAway
  // a browser with a connection only thinks that it is offline; of one without nothing else is known any more
  if (databaseAway && (inside || !offline)) return 'database-away'
  if (connection.state === 'live' && !connection.silent) return null
  const again = connection.state === 'live' || (connection.state !== 'idle' && connection.again)
  if (offline) return again ? 'offline' : 'offline-first'
  if (!again) return 'connecting'
  return inside?.silent ? 'silent' : 'connecting-again'
}
