import type { ClientFrame, Resume, ServerFrame } from '@parley/protocol'
import { type CloseReason, closeReasonOf } from '@parley/protocol/close-codes'
import { jsonOf } from '@parley/protocol/json'
import { PROTOCOL } from '@parley/protocol/version'
import { BOUNDS } from '../bounds.ts'
import type { Clock, Socket } from '../ports.ts'

export type Welcome = Extract<ServerFrame, { t: 'welcome' }>
/** `silent`: nothing was heard of it any more. */
export type LineEnd = CloseReason | 'unreachable' | 'lost' | 'silent'

type LineOptions = {
  open(): Socket
  ticket: string
  client: string
  clock: Clock
  /** For the other end to take the socket; connectWait unless said. */
  openWait?: number
  /** The other end took the socket. */
  onOpen(): void
  onWelcome(welcome: Welcome): void
  onResume(resume: Resume): void
  onFrame(frame: ServerFrame): void
  /** Called once, and nothing after it; not called after `end()`. `addresses`: where the server said to go. */
  onOver(reason: LineEnd, addresses: readonly string[]): void
}

export type Line = { send(frame: ClientFrame): void; probe(): void; end(): void }

/** One socket from its opening to its end: hello, welcome, heartbeats, and the one reason why it is over. */
export function openLine({ clock, ...options }: LineOptions): Line {
  let socket: Socket | null = null
  let over = false
  let welcomed = false
  let bye: CloseReason | null = null
  let elsewhere: readonly string[] = []
  let heard = clock.now()
  let missed = 0
  let cancel = clock.after(options.openWait ?? BOUNDS.connectWait, () => finish('unreachable'))

  function release(): void {
    over = true
    cancel()
    socket?.close(1000)
  }

  function finish(reason: LineEnd): void {
    if (over) return
    release()
    options.onOver(reason, elsewhere)
  }

  function send(frame: ClientFrame): void {
    if (!over) socket?.send(JSON.stringify(frame))
  }

  function beat(every: number, since: number): void {
    missed = heard >= since ? 0 : missed + 1
    if (missed >= BOUNDS.heartbeatsMissed) finish('silent')
    else ask(every)
  }

  function ask(every: number): void {
    send({ t: 'ping' })
    const now = clock.now()
    cancel = clock.after(every, () => beat(every, now))
  }

  function probe(): void {
    if (!welcomed || over) return
    const asked = clock.now()
    heard = Math.min(heard, asked - 1)
    send({ t: 'ping' })
    clock.after(BOUNDS.probeWait, () => {
      if (heard < asked) finish('silent')
    })
  }

  function welcome(frame: Welcome): void {
    welcomed = true
    cancel()
    const every = Math.max(frame.heartbeat, BOUNDS.heartbeatLeast)
    const now = clock.now()
    cancel = clock.after(every, () => beat(every, now))
    options.onWelcome(frame)
  }

  function receive(data: unknown): void {
    if (over) return
    heard = clock.now()
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
    return { send, probe, end: release }
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
    finish(closeReasonOf(code) ?? bye ?? (welcomed ? 'lost' : 'unreachable')),
  )
  return { send, probe, end: release }
}
