import type { ConnectionState } from '@parley/sync'

export type Notice = 'database-away' | 'offline' | 'offline-first' | 'connecting' | 'connecting-again'

/** What each says: what is wrong, and what works meanwhile. */
export const NOTICES: Record<Notice, string> = {
  'database-away':
    'The server cannot reach its database. You can read what is here and write: messages leave once it can.',
  offline: 'You are offline. You can read what is here and write: messages leave when you are back.',
  'offline-first': 'You are offline. Your conversations are here as soon as you are back.',
  connecting: 'Connecting… Your conversations are here as soon as it is done.',
  'connecting-again': 'Connecting again. You can read and write: messages leave once it is done.',
}

/** What is to be said about a connection that has not stood for a while; null when there is nothing to say. */
export function noticeOf(connection: ConnectionState, offline: boolean): Notice | null {
  if ((connection.state === 'live' || connection.state === 'syncing') && connection.databaseAway)
    return 'database-away'
  if (connection.state === 'live' || connection.state === 'ended') return null
  const again = connection.state !== 'idle' && connection.again
  if (offline) return again ? 'offline' : 'offline-first'
  return again ? 'connecting-again' : 'connecting'
}
