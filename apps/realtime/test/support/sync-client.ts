import type { Message } from '@parley/protocol'
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

/** All that a client shows of its conversations: equal states are shown the same. */
export function stateOf(client: Sync) {
  const conversations = [...client.conversations()].sort((a, b) =>
    a.conversation.id < b.conversation.id ? -1 : 1,
  )
  return {
    conversations: conversations.map((view) => {
      const { id } = view.conversation
      const { roots, floor, get, pending, firstUnreadOrdinal } = client.timeline(id)
      const messages = Array.from({ length: roots - floor }, (_, i) => get(floor + 1 + i))
      return {
        ...{ view, roots, floor, pending, firstUnreadOrdinal, messages },
        threads: messages.flatMap((root) => (root?.thread ? [threadOf(client, root)] : [])),
      }
    }),
    followed: [...client.followedThreads()].sort((a, b) => (a.root < b.root ? -1 : 1)),
  }
}

function threadOf(client: Sync, root: Message) {
  const { replies, get, followed } = client.thread(root.conversation, root.id)
  return { root: root.id, replies, followed, messages: Array.from({ length: replies }, (_, i) => get(i + 1)) }
}
