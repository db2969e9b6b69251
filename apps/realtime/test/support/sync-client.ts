import { createClient, openPoll, type Socket, type Sync, type SyncOptions, systemClock } from '@parley/sync'
import { WebSocket } from 'ws'
import type { Transport } from './dial.ts'
import { post } from './post.ts'

/** How a client opens a connection over either transport. */
export const opener = (transport: Transport): SyncOptions['openSocket'] =>
  transport === 'poll'
    ? (url) => openPoll(url, post, systemClock)
    : (url) => new WebSocket(url, { perMessageDeflate: false }) as unknown as Socket

/** Where no socket opens. */
export const blocked = (): never => {
  throw new Error('blocked')
}

/** The client that browsers run, over real sockets, holding everything. `ports`: the node it prefers comes first. */
export function syncClient(ticket: () => string, ports: number[], over: Partial<SyncOptions> = {}): Sync {
  const client = createClient({
    connect: async () => ({ ticket: ticket(), addresses: ports.map((port) => `ws://127.0.0.1:${port}`) }),
    openSocket: opener('socket'),
    holdAll: true,
    client: 'test',
    ...over,
  })
  client.start()
  return client
}
