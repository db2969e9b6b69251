import type { ClientFrame, ServerFrame } from '@parley/protocol'
import { CLOSE } from '@parley/protocol/close-codes'
import { ERRORS, isParleyError, ParleyError } from '@parley/protocol/errors'
import { BOUNDS } from '../bounds.ts'
import type { Clock, Route, Socket } from '../ports.ts'
import { backoff } from './backoff.ts'
import { type Line, openLine, type Welcome } from './line.ts'
import type { ConnectionState, EndReason, Trouble } from './state.ts'

type ConnectionOptions = {
  connect(): Promise<Route>
  socket(url: string): Socket
  clock: Clock
  random(): number
  client: string
  onWelcome(welcome: Welcome): void
  onFrame(frame: ServerFrame): void
  /** A connection that was welcomed is over; no frame of it follows. */
  onGone(): void
  onState(state: ConnectionState): void
}

export type Connection = {
  start(): void
  /** The network may be back: try now instead of waiting, or find out whether the connection still stands. */
  online(): void
  close(): void
  /** Ends it for good, for a reason that the host is to know. */
  end(reason: EndReason): void
  /** Gives the present connection up and makes another. */
  drop(): void
  /** The client is up to date: syncing becomes live. */
  synced(): void
  /** Whether the server welcomed us and frames can be sent. */
  isOpen(): boolean
  send(frame: ClientFrame): void
  state(): ConnectionState
}

/** The connection machine: idle → connecting → syncing → live → waiting → connecting …, or ended. */
export function connection(options: ConnectionOptions): Connection {
  const { clock } = options
  let state: ConnectionState = { state: 'idle' }
  let line: Line | null = null
  let attempt = 0
  let again = false
  /** Tells answers that belong to an attempt given up. */
  let round = 0
  let cancel = () => {}

  const isOpen = () => state.state === 'syncing' || state.state === 'live'

  function become(next: ConnectionState): void {
    state = next
    options.onState(next)
  }

  /** Whatever is told of the end is told after it: nobody can send into a connection that is over. */
  function leave(next: ConnectionState): void {
    const wasOpen = isOpen()
    round++
    cancel()
    line?.end()
    line = null
    state = next
    if (wasOpen) options.onGone()
    options.onState(next)
  }

  function begin(): void {
    const mine = ++round
    const waiting = new Promise<never>((_, reject) => {
      cancel = clock.after(BOUNDS.connectWait, () => reject(new ParleyError('unavailable')))
    })
    become({ state: 'connecting', again, attempt })
    Promise.race([options.connect(), waiting]).then(
      (route) => {
        if (mine !== round) return
        cancel()
        dial(route, 0)
      },
      (error: unknown) => {
        if (mine === round) refused(error)
      },
    )
  }

  /** No way was shown. A session that is over stays over; anything else may pass. */
  function refused(error: unknown): void {
    if (!isParleyError(error)) fail('unreachable')
    else if (ERRORS[error.code].retry) fail(error.code)
    else end(error.code)
  }

  function dial(route: Route, index: number): void {
    const url = route.addresses[index]
    if (url === undefined) {
      fail('unreachable')
      return
    }
    line = openLine({
      open: () => options.socket(url),
      ticket: route.ticket,
      client: options.client,
      clock,
      onWelcome(welcome) {
        become({ state: 'syncing', again, node: welcome.node })
        options.onWelcome(welcome)
      },
      onFrame: options.onFrame,
      onOver(reason) {
        line = null
        if (reason === 'unreachable') return dial(route, index + 1)
        if (reason !== 'lost' && !CLOSE[reason].retry) end(reason)
        else fail(reason)
      },
    })
  }

  function fail(why: Trouble): void {
    const lasted = state.state === 'live' && clock.now() - state.since >= BOUNDS.backoffForgotten
    attempt = lasted ? 1 : attempt + 1
    const delay = backoff(why, attempt, options.random)
    leave({ state: 'waiting', again, attempt, until: clock.now() + delay, why })
    cancel = clock.after(delay, begin)
  }

  const end = (reason: EndReason): void => leave({ state: 'ended', reason })

  return {
    start() {
      if (state.state !== 'idle' && state.state !== 'ended') return
      attempt = 0
      begin()
    },
    online() {
      if (isOpen()) return line?.probe()
      if (state.state !== 'waiting') return
      cancel()
      attempt = 0
      begin()
    },
    close() {
      if (state.state !== 'ended') end('closed')
    },
    end,
    drop() {
      if (isOpen()) fail('lost')
    },
    synced() {
      if (state.state !== 'syncing') return
      again = true
      become({ state: 'live', node: state.node, since: clock.now() })
    },
    isOpen,
    send: (frame) => line?.send(frame),
    state: () => state,
  }
}
