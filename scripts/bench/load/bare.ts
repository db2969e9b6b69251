import { WebSocket } from 'ws'
import { sentAtOf, serveOrders } from './serve-orders.ts'

/** People on the bare server: a socket each, and no more than JSON. */
type Frame = { ack: number } | { from: string; text: string }

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
            const frame = JSON.parse(String(data)) as Frame | { welcome: true }
            if ('welcome' in frame) return resolve(socket)
            if ('ack' in frame) {
              waiting.get(frame.ack)?.()
              waiting.delete(frame.ack)
            } else if (frame.from !== person) meter.delivered(sentAtOf(frame.text))
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
