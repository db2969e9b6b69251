import { createClient, type Socket, type Sync, type SyncOptions } from '@parley/sync'
import { WebSocket } from 'ws'

/** The client that browsers run, over real sockets, holding everything. `ports`: the node it prefers comes first. */
export function syncClient(ticket: () => string, ports: number[], over: Partial<SyncOptions> = {}): Sync {
  const client = createClient({
    connect: async () => ({ ticket: ticket(), addresses: ports.map((port) => `ws://127.0.0.1:${port}`) }),
    openSocket: (url) => new WebSocket(url, { perMessageDeflate: false }) as unknown as Socket,
    holdAll: true,
    client: 'test',
    ...over,
  })
  client.start()
  return client
}
