import type { ClientFrame, Resume, ServerFrame } from '@parley/protocol'
import { CLOSE } from '@parley/protocol/close-codes'
import { ERRORS, isParleyError, ParleyError } from '@parley/protocol/errors'
import { BOUNDS } from '../bounds.ts'
import type { BlockedMemory, Clock, Route, Socket, Surroundings } from '../ports.ts'
import { addresses } from './addresses.ts'
import { backoff } from './backoff.ts'
import { latencies } from './latencies.ts'
import { type Line, type LineEnd, openLine, type Welcome } from './line.ts'
import { patience } from './patience.ts'
import type { ConnectionState, EndReason, Trouble } from './state.ts'
import { type Aside, upgrade } from './upgrade.ts'

type ConnectionOptions = {
  connect(surroundings: Surroundings): Promise<Route>
  socket(url: string): Socket
  /** Opens a long poll in the shape of a socket; without it, there are only sockets. */
  poll?: ((url: string) => Socket) | undefined
  blocked?: BlockedMemory | undefined
  isBarred?: ((address: string) => boolean) | undefined
  clock: Clock
  random(): number
  client: string
  onWelcome(welcome: Welcome): void
  onFrame(frame: ServerFrame): void
  /** A connection that was welcomed is over; no frame of it follows. */
  onGone(): void
  /** Another connection has taken the place of the one that was welcomed, without a moment between. */
  onMoved(): void
  /** Nothing that was asked is unanswered. */
  isQuiet(): boolean
  /** What was held back may be sent. */
  onFlow(): void
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
  /** What the server said of its database. */
  databaseIs(away: boolean): void
  /** Whether the server welcomed us and frames can be sent. */
  isOpen(): boolean
  /** Whatever is answered is to wait for a moment: the connection is about to move. */
  isHolding(): boolean
  send(frame: ClientFrame): void
  state(): ConnectionState
}

/** What is shown at a node, and at which ones, best first. `resumes`: with a node's own token, without asking the API. */
type Way = Route & { resumes: boolean }

/**
 * The connection machine: idle → connecting → syncing → live → waiting → connecting …, or ended. Whoever was inside comes
 * back to the nodes that are known with the token that the last one gave; only when that fails is the API asked.
 */
export function connection(options: ConnectionOptions): Connection {
  const { clock, isBarred = () => false } = options
  let state: ConnectionState = { state: 'idle' }
  let line: Line | null = null
  let attempt = 0
  let again = false
  /** Tells answers that belong to an attempt given up. */
  let round = 0
  let cancel = () => {}
  let resume: { token: string; until: number } | null = null
  /** How often in a row full nodes have sent us on. */
  let redirects = 0
  /** When a node was last reached by polling and not by a socket; null while sockets are not known to be blocked. */
  let blockedAt = options.blocked?.recall() ?? null
  const known = addresses(clock, isBarred)
  const measured = latencies(clock)
  const { pongWait, lost } = patience(clock, options.random)
  /** The address that is polled. */
  let polledAt = ''
  const back = upgrade({
    ...{ clock, random: options.random, onReady: moveOver, onStay: options.onFlow },
    isQuiet: options.isQuiet,
    onBlocked: () => found(clock.now()),
    open: openAside,
  })

  const isOpen = () => state.state === 'syncing' || state.state === 'live'
  const isOwed = () => !options.isQuiet()

  function onSilence(silent: boolean): void {
    if (state.state !== 'syncing' && state.state !== 'live') return
    const { silent: _, ...rest } = state
    become(silent ? { ...rest, silent } : rest)
  }

  function become(next: ConnectionState): void {
    state = next
    options.onState(next)
  }

  /** Whatever is told of the end is told after it: nobody can send into a connection that is over. */
  function leave(next: ConnectionState): void {
    const wasOpen = isOpen()
    round++
    cancel()
    back.stop()
    line?.end()
    line = null
    state = next
    if (wasOpen) options.onGone()
    options.onState(next)
  }

  function begin(): void {
    redirects = 0
    round++
    become({ state: 'connecting', again, attempt, ...cause() })
    const token = resumable()
    const addresses = known.next()
    if (token && addresses.length > 0) dial({ ticket: token, addresses, resumes: true }, 0)
    else ask()
  }

  const resumable = () => (resume && resume.until > clock.now() ? resume.token : null)

  function keep({ token, ms }: Resume): void {
    resume = { token, until: clock.now() + ms }
  }

  function ask(): void {
    const mine = ++round
    const waiting = new Promise<never>((_, reject) => {
      cancel = clock.after(BOUNDS.connectWait, () => reject(new ParleyError('unavailable')))
    })
    Promise.race([options.connect({ latencies: measured.all() }), waiting]).then(
      (route) => {
        if (mine !== round) return
        cancel()
        known.learn(route.addresses)
        dial({ ticket: route.ticket, addresses: known.all(), resumes: false }, 0)
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

  /** Long polling is tried first where sockets were blocked lately, and second elsewhere. */
  const isBlocked = () => blockedAt !== null && clock.now() - blockedAt < BOUNDS.blockedFor

  function found(at: number | null): void {
    if (at !== blockedAt) options.blocked?.remember(at)
    blockedAt = at
  }

  /** `second`: the one transport did not reach this node, and now it is the other's turn. */
  function dial(way: Way, index: number, second = false): void {
    const url = way.addresses[index]
    if (url === undefined) {
      if (way.resumes) ask()
      else if (known.missed()) end('too_old')
      else fail('unreachable')
      return
    }
    if (isBarred(url)) {
      dial(way, index + 1)
      return
    }
    const began = clock.now()
    const { poll } = options
    const polled = poll !== undefined && isBlocked() !== second
    line = openLine({
      open: () => (polled ? poll(url) : options.socket(url)),
      ...(poll && !polled && { openWait: BOUNDS.socketWait }),
      ticket: way.ticket,
      client: options.client,
      ...{ clock, pongWait, isOwed, onSilence },
      onOpen: () => polled || measured.measured(url, clock.now() - began),
      onWelcome(welcome) {
        // polled first, nothing was learned about sockets
        if (!polled || second) found(polled ? clock.now() : null)
        polledAt = url
        known.reached()
        keep(welcome.resume)
        become({ state: 'syncing', again, node: welcome.node, transport: polled ? 'poll' : 'socket' })
        options.onWelcome(welcome)
      },
      onResume: keep,
      onFrame(frame) {
        options.onFrame(frame)
        back.settle()
      },
      onOver(reason, elsewhere) {
        line = null
        if (reason === 'unreachable') {
          if (poll && !second && !isBarred(url)) return dial(way, index, true)
          measured.measured(url, null)
          dial(way, index + 1)
        } else if (back.isHolding()) moveOver()
        else over(reason, elsewhere, way, url)
      },
    })
  }

  /** A socket beside the polls, with the token that the node gave; what it brings is in the first answer once it is taken. */
  function openAside(events: Aside): Line | null {
    const token = resumable()
    if (!token) return null
    const url = polledAt
    const began = clock.now()
    const aside: Line = openLine({
      ...{ open: () => options.socket(url), openWait: BOUNDS.socketWait },
      ...{ ticket: token, client: options.client, onResume: keep },
      ...{ clock, pongWait, isOwed, onSilence },
      onOpen: () => measured.measured(url, clock.now() - began),
      onWelcome(welcome) {
        keep(welcome.resume)
        events.onWelcome(welcome)
      },
      onFrame(frame) {
        if (line === aside) options.onFrame(frame)
        // no answer holds it, and the polls may bring it too late
        else if (frame.t === 'database') events.onDatabase(frame.away)
      },
      onOver(reason, elsewhere) {
        if (line !== aside || reason === 'unreachable') return events.onOver(reason)
        line = null
        over(reason, elsewhere, { ticket: token, addresses: known.all(), resumes: true }, url)
      },
    })
    return aside
  }

  /** From the polls to the socket that stands by: nobody sees a connection that is not there. */
  function moveOver(): void {
    const taken = state.state === 'live' ? back.take() : null
    if (!taken || state.state !== 'live') return
    const polls = line
    line = taken.line
    found(null)
    const { welcome, databaseAway } = taken
    become({
      ...{ state: 'live', node: welcome.node, transport: 'socket', since: state.since },
      ...(databaseAway && { databaseAway }),
    })
    polls?.end()
    options.onMoved()
  }

  function over(
    reason: Exclude<LineEnd, 'unreachable'>,
    elsewhere: readonly string[],
    way: Way,
    url: string,
  ) {
    if (reason === 'silent') {
      lost()
      known.avoid(url)
      measured.measured(url, null)
    }
    if (reason === 'silent' || reason === 'lost') return fail('lost')
    if (!CLOSE[reason].retry) return end(reason)
    if (reason === 'bad_ticket' && way.resumes) {
      resume = null
      return ask()
    }
    if (elsewhere.length > 0 && redirects < BOUNDS.redirects) return move(elsewhere, way)
    fail(reason)
  }

  /** Goes where the server said, at once: it has spread us already. */
  function move(elsewhere: readonly string[], way: Way): void {
    redirects = hasLasted() ? 1 : redirects + 1
    known.prefer(elsewhere)
    leave({ state: 'connecting', again, attempt })
    dial({ ticket: resumable() ?? way.ticket, addresses: elsewhere, resumes: true }, 0)
  }

  const hasLasted = () => state.state === 'live' && clock.now() - state.since >= BOUNDS.backoffForgotten

  /** That the database is away explains what is unavailable, until something else happens. */
  const cause = () => 'databaseAway' in state && state.databaseAway && { databaseAway: true as const }

  function fail(why: Trouble): void {
    attempt = hasLasted() ? 1 : attempt + 1
    const delay = backoff(why, attempt, options.random)
    const kept = why === 'unavailable' && cause()
    leave({ state: 'waiting', again, attempt, until: clock.now() + delay, why, ...kept })
    cancel = clock.after(delay, begin)
  }

  function end(reason: EndReason): void {
    resume = null
    leave({ state: 'ended', reason })
  }

  return {
    start() {
      if (state.state !== 'idle' && state.state !== 'ended') return
      attempt = 0
      begin()
    },
    online() {
      back.hint()
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
      if (isOpen()) fail(cause() ? 'unavailable' : 'lost')
    },
    synced() {
      if (state.state !== 'syncing') return
      again = true
      const { node, transport, databaseAway } = state
      become({ state: 'live', node, transport, since: clock.now(), ...(databaseAway && { databaseAway }) })
      if (transport === 'poll') back.begin()
    },
    databaseIs(away) {
      if (state.state === 'syncing' || state.state === 'live') become({ ...state, databaseAway: away })
    },
    isOpen,
    isHolding: back.isHolding,
    send: (frame) => line?.send(frame),
    state: () => state,
  }
}
