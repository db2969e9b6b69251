import { createClient, type Socket, type Sync } from '@parley/sync'
import { WebSocket } from 'ws'
import { sentAtOf, serveOrders } from './serve-orders.ts'

/** People on Parley with the client that browsers run: what that costs is a figure of its own. */
const TOGETHER = 100

serveOrders(async (url, places, meter) => {
  const clients: Sync[] = []
  for (let i = 0; i < places.length; i += TOGETHER) {
    const some = places.slice(i, i + TOGETHER).map(({ person, ticket }) => {
      const client = createClient({
        connect: async () => ({ ticket, addresses: [url] }),
        openSocket: (address) => new WebSocket(address, { perMessageDeflate: false }) as unknown as Socket,
        inFlight: 1_000,
        client: 'bench',
        onEvent(_, event) {
          if (event.type === 'message.created' && event.message.sender !== person)
            meter.delivered(sentAtOf(event.message.text))
        },
      })
      client.start()
      return client
    })
    clients.push(...some)
    await Promise.all(some.map((client) => client.whole()))
  }
  return {
    send: async (at, conversation, text) => void (await clients[at]!.send(conversation, text).settled),
    leave() {
      for (const client of clients) client.close()
    },
  }
})
