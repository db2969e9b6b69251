import { WebSocket } from 'ws'
import { sentAtOf, serveOrders } from './serve-orders.ts'
import { lastNumberAfter, wordAfter } from './skim.ts'

/** People on the bare server: a socket each. Frames are `{ ack }`, `{ from, text }` and `{ welcome }`. */
serveOrders(async (url, places, meter) => {
  let last = 0
  const waiting = new Map<number, () => void>()
  const sockets = await Promise.all(
    places.map(
      ({ person }) =>
        new Promise<WebSocket>((resolve, reject) => {
          const socket = new WebSocket(url, { perMessageDeflate: false })
          socket.on('error', reject)
          socket.on('message', (data) => {
            const text = String(data)
            if (text.startsWith('{"ack"')) {
              const id = lastNumberAfter(text, '"ack":')
              waiting.get(id)?.()
              waiting.delete(id)
            } else if (text.startsWith('{"welcome"')) resolve(socket)
            else if (wordAfter(text, '"from":"') !== person)
              meter.delivered(sentAtOf(wordAfter(text, '"text":"')))
          })
          socket.on('open', () => socket.send(JSON.stringify({ hello: person })))
        }),
    ),
  )
  return {
    send: (at, conversation, text) =>
      new Promise((resolve) => {
        const id = ++last
        waiting.set(id, resolve)
        sockets[at]!.send(JSON.stringify({ id, conversation, text }))
      }),
    leave() {
      for (const socket of sockets) socket.terminate()
    },
  }
})
