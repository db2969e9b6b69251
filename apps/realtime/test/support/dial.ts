import { openPoll, systemClock } from '@parley/sync'
import { WebSocket } from 'ws'
import { post } from './post.ts'

/** What a client may speak over. Suites that show what people may rely on run for each. */
export const TRANSPORTS = ['socket', 'poll'] as const
export type Transport = (typeof TRANSPORTS)[number]

/** Our end of a connection, over either. */
export type Far = {
  /** For what a socket alone can do; null where it is none. */
  ws: WebSocket | null
  send(data: string | Buffer): void
  onFrame(take: (text: string) => void): void
  /** The code that a socket was closed with. */
  closed: Promise<number>
  /** Takes nothing of what is sent here until resumed. */
  pause(): void
  resume(): void
  close(): void
  /** Is gone at once. */
  terminate(): void
}

export const dial = (port: number, transport: Transport): Promise<Far> =>
  transport === 'socket' ? dialSocket(port) : dialPoll(port)

async function dialSocket(port: number): Promise<Far> {
  const ws = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false })
  await new Promise<void>((resolve, reject) => {
    ws.once('open', resolve)
    ws.once('error', reject)
  })
  ws.on('error', () => {})
  return {
    ws,
    send: (data) => ws.send(data),
    onFrame: (take) => void ws.on('message', (data: Buffer) => take(data.toString())),
    closed: new Promise((resolve) => ws.once('close', (code) => resolve(code))),
    pause: () => ws.pause(),
    resume: () => ws.resume(),
    close: () => ws.close(),
    terminate: () => ws.terminate(),
  }
}

async function dialPoll(port: number): Promise<Far> {
  let paused: PromiseWithResolvers<void> | null = null
  const socket = openPoll(
    `ws://127.0.0.1:${port}`,
    (url, body) => {
      if (!paused || !body.startsWith('{"t":"down"')) return post(url, body)
      let isCancelled = false
      let cancel = () => {
        isCancelled = true
      }
      const answer = paused.promise.then(() => {
        if (isCancelled) throw new Error('given up')
        const asked = post(url, body)
        cancel = asked.cancel
        return asked.answer
      })
      return { answer, cancel: () => cancel() }
    },
    systemClock,
  )
  await new Promise<void>((resolve) => socket.addEventListener('open', resolve))
  return {
    ws: null,
    send: (data) => socket.send(String(data)),
    onFrame: (take) => socket.addEventListener('message', ({ data }) => take(data as string)),
    closed: new Promise((resolve) => socket.addEventListener('close', ({ code }) => resolve(code))),
    pause() {
      paused ??= Promise.withResolvers<void>()
    },
    resume() {
      paused?.resolve()
      paused = null
    },
    close: () => socket.close(),
    terminate: () => socket.close(),
  }
}
