import { PROTOCOL, type ServerFrame } from '@parley/protocol'
import { closeReasonOf } from '@parley/protocol/close-codes'
import { WebSocket } from 'ws'

export type Welcome = Extract<ServerFrame, { t: 'welcome' }>
const PING_MS = 20_000

/**
 * Opens a connection, says hello and stays, without the client that browsers run: a load must take less than whom it
 * loads. `ticket`: or a resume token. `heed` hears every frame, the welcome too, but those that `skim` takes: texts as they
 * came, of which a load wants a word or two.
 * @throws Error when the connection ends before it was let in
 */
export function enter(
  url: string,
  ticket: string,
  heed: (frame: ServerFrame) => void,
  skim: (text: string) => boolean = () => false,
): Promise<{ ws: WebSocket; welcome: Welcome }> {
  return new Promise((resolve, reject) => {
    const ws = new WebSocket(url, { perMessageDeflate: false, maxPayload: 0 })
    const pinging = setInterval(() => {
      if (ws.readyState === WebSocket.OPEN) ws.send('{"t":"ping"}')
    }, PING_MS)
    ws.on('open', () => say(ws, { t: 'hello', ticket, protocol: PROTOCOL, client: 'bench' }))
    ws.on('message', (data: Buffer) => {
      const text = data.toString()
      if (skim(text)) return
      const frame = JSON.parse(text) as ServerFrame
      if (frame.t === 'welcome') resolve({ ws, welcome: frame })
      heed(frame)
    })
    ws.on('error', reject)
    ws.on('close', (code) => {
      clearInterval(pinging)
      reject(new Error(`Not let in: ${closeReasonOf(code) ?? code}.`))
    })
  })
}

export const say = (ws: WebSocket, frame: object): void => ws.send(JSON.stringify(frame))
