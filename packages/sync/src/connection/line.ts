import type { ClientFrame, Resume, ServerFrame } from '@parley/protocol'
import { type CloseReason, closeReasonOf } from '@parley/protocol/close-codes'
import { jsonOf } from '@parley/protocol/json'
import { PROTOCOL } from '@parley/protocol/version'
import { BOUNDS } from '../bounds.ts'
import type { Clock, Socket } from '../ports.ts'
import { type Heartbeat, heartbeat } from './heartbeat.ts'

export type Welcome = Extract<ServerFrame, { t: 'welcome' }>
/** `silent`: nothing was heard of it any more. */
export type LineEnd = CloseReason | 'unreachable' | 'lost' | 'silent'

type LineOptions = {
  open(): Socket
  ticket: string
  client: string
  clock: Clock
  /** Milliseconds for which a ping may be followed by nothing. */
  pongWait(): number
  /** For the other end to take the socket; connectWait unless said. */
  openWait?: number
  /** The other end took the socket. */
  onOpen(): void
  onWelcome(welcome: Welcome): void
  onResume(resume: Resume): void
  onFrame(frame: ServerFrame): void
  /** Whether anything that was asked is unanswered. */
  isOwed(): boolean
  /** What was asked is followed by silence, and the ping after it, too; or no longer. */
  onSilence(silent: boolean): void
  /** Called once, and nothing after it; not called after `end()`. `addresses`: where the server said to go. */
  onOver(reason: LineEnd, addresses: readonly string[]): void
}

export type Line = { send(frame: ClientFrame): void; probe(): void; end(): void }

/** What the other end answers, unless it or the way to it is gone. Of a ping the heartbeat knows by itself. */
const ASKS = {
  ...{ send: true, edit: true, delete: true, react: true, pin: true, read: true, 'read-thread': true },
  ...{ sync: true, history: true, thread: true },
  ...{ hello: false, ping: false, typing: false, activity: false, look: false },
} satisfies Record<ClientFrame['t'], boolean>

/** One socket from its opening to its end: hello, welcome, heartbeats, and the one reason why it is over. */
export function openLine({ clock, ...options }: LineOptions): Line {
  let socket: Socket | null = null
  let over = false
  /** From the welcome on. */
  let beats: Heartbeat | null = null
  let bye: CloseReason | null = null
  let elsewhere: readonly string[] = []
  let cancel = clock.after(options.openWait ?? BOUNDS.connectWait, () => finish('unreachable'))

  function release(): void {
    over = true
    cancel()
    beats?.stop()
    socket?.close(1000)
  }

  function finish(reason: LineEnd): void {
    if (over) return
    release()
    options.onOver(reason, elsewhere)
  }

  function send(frame: ClientFrame): void {
    if (over) return
    socket?.send(JSON.stringify(frame))
    if (ASKS[frame.t]) beats?.asked()
  }

  function welcome(frame: Welcome): void {
    cancel()
    beats = heartbeat({
      ...{ clock, pongWait: options.pongWait, isOwed: options.isOwed, onSilence: options.onSilence },
      every: Math.max(frame.heartbeat, BOUNDS.heartbeatLeast),
      ping: () => send({ t: 'ping' }),
      onDead: () => finish('silent'),
    })
    options.onWelcome(frame)
  }

  function receive(data: unknown): void {
    if (over) return
    beats?.heard()
    // trusted with the shape of its frames: parsing them again would cost more than all the rest
    const frame = jsonOf(data as string) as ServerFrame | null
    if (!frame) finish('lost')
    else if (frame.t === 'pong') frame.resume && options.onResume(frame.resume)
    else if (frame.t === 'bye') {
      bye = frame.reason
      elsewhere = frame.addresses ?? []
    } else if (frame.t === 'welcome') welcome(frame)
    else options.onFrame(frame)
  }

  try {
    socket = options.open()
  } catch {
    // The browser throws for an address that it will not open at all (mixed content, not a URL).
    queueMicrotask(() => finish('unreachable'))
    return { send, probe: () => {}, end: release }
  }
  socket.addEventListener('open', () => {
    if (!over && options.openWait) {
      cancel()
      cancel = clock.after(BOUNDS.connectWait, () => finish('unreachable'))
    }
    if (!over) options.onOpen()
    send({ t: 'hello', ticket: options.ticket, protocol: PROTOCOL, client: options.client })
  })
  socket.addEventListener('message', (event) => receive(event.data))
  socket.addEventListener('error', () => {
    // A close event follows and says all that can be known.
  })
  socket.addEventListener('close', ({ code }) =>
    finish(closeReasonOf(code) ?? bye ?? (beats ? 'lost' : 'unreachable')),
  )
  return { send, probe: () => over || beats?.probe(), end: release }
}
