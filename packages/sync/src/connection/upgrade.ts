import { BOUNDS } from '../bounds.ts'
import type { Clock } from '../ports.ts'
import type { Line, LineEnd, Welcome } from './line.ts'

/**
 * A socket that was opened on the side and let in: everything may go over it from now on. `databaseAway`: what it was told
 * last; nothing, while the database answers.
 */
type Standby = { line: Line; welcome: Welcome; databaseAway: boolean }

/** What becomes of a socket that was opened on the side, until it is taken. */
export type Aside = {
  onWelcome(welcome: Welcome): void
  onDatabase(away: boolean): void
  onOver(reason: LineEnd): void
}

export type Upgrade = {
  /** The client is up to date over polls: from now on a socket is tried now and then. */
  begin(): void
  /** The network may be another one: now is a good moment, or when the client polls in a moment. */
  hint(): void
  /** Something was answered: if nothing is unanswered any more, the socket that stands by is offered. */
  settle(): void
  /** Hands over the socket that stands by, which is the taker's from then on; null when there is none. */
  take(): Standby | null
  stop(): void
  /** A socket stands by: whatever is answered is to wait for it, so that nothing is under way on both. */
  isHolding(): boolean
}

type Options = {
  clock: Clock
  random(): number
  /** Opens a socket to where the client polls; null when there is nothing to show there. */
  open(events: Aside): Line | null
  /** Nothing that was asked is unanswered. */
  isQuiet(): boolean
  /** The socket is to be taken now. */
  onReady(): void
  /** It will not be, after all: what was held back may go where it went before. */
  onStay(): void
  onBlocked(): void
}

/**
 * The way back from polls to a socket: one is opened on the side, after growing pauses, and when the server has let it
 * in, frames pass both ways. It is taken in a moment in which nothing is under way over the polls, so that nothing is
 * asked twice and nothing overtakes.
 */
export function upgrade({ clock, random, ...options }: Options): Upgrade {
  let active = false
  let hintedAt = Number.NEGATIVE_INFINITY
  let tries = 0
  let last = Number.NEGATIVE_INFINITY
  let aside: Line | null = null
  let standby: Standby | null = null
  let cancel = () => {}

  function plan(): void {
    const full = Math.min(BOUNDS.upgradeMost, BOUNDS.upgradeFirst * 2 ** Math.min(tries, 16))
    cancel = clock.after(full * (0.5 + random() / 2), attempt)
  }

  function attempt(): void {
    cancel()
    hintedAt = Number.NEGATIVE_INFINITY
    tries++
    last = clock.now()
    aside = options.open({
      onWelcome(welcome) {
        standby = { line: aside!, welcome, databaseAway: false }
        cancel = clock.after(BOUNDS.upgradeWait, giveUp)
        settle()
      },
      onDatabase(away) {
        if (standby) standby.databaseAway = away
      },
      onOver(reason) {
        if (reason === 'unreachable') options.onBlocked()
        again()
      },
    })
    if (!aside) plan()
  }

  function giveUp(): void {
    aside?.end()
    again()
  }

  function again(): void {
    const stays = standby !== null
    cancel()
    aside = standby = null
    plan()
    if (stays) options.onStay()
  }

  function settle(): void {
    if (standby && options.isQuiet()) options.onReady()
  }

  function stop(): void {
    active = false
    cancel()
    aside?.end()
    aside = standby = null
  }

  return {
    begin() {
      if (active) return
      active = true
      tries = 0
      if (clock.now() - hintedAt < BOUNDS.upgradeFirst) attempt()
      else plan()
    },
    hint() {
      if (aside || clock.now() - last < BOUNDS.upgradeLeast) return
      if (!active) hintedAt = clock.now()
      else {
        tries = 0
        attempt()
      }
    },
    settle,
    take() {
      const taken = standby
      aside = standby = null
      stop()
      return taken
    },
    stop,
    isHolding: () => standby !== null,
  }
}
