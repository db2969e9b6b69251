import { createClient, type Socket } from '@parley/sync'
import { WebSocket } from 'ws'
import { inGroups } from './in-groups.ts'
import { sentAtOf, serveOrders } from './serve-orders.ts'

/** People on Parley with the client that browsers run: what that costs is a figure of its own. */
const TOGETHER = 100

serveOrders(async (url, places, meter) => {
  const clients = await inGroups(places, TOGETHER, async ({ person, ticket }) => {
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
    await client.whole()
    return client
  })
  return {
    send: async (at, conversation, text) => void (await clients[at]!.send(conversation, text).settled),
    leave() {
      for (const client of clients) client.close()
    },
  }
})
