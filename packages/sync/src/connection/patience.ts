import { BOUNDS } from '../bounds.ts'
import type { Clock } from '../ports.ts'

export type Patience = {
  /** Milliseconds for which a ping may be followed by nothing. */
  pongWait(): number
  /** A connection was given up since nothing was heard of it. */
  lost(): void
}

/**
 * Twice as much after each connection that was given up in silence lately: on a slow line a long answer holds up the pong
 * behind it, and on a busy node everything, and neither gets better by coming again and again.
 */
export function patience(clock: Clock, random: () => number): Patience {
  let losses = 0
  let lastLoss = Number.NEGATIVE_INFINITY
  const forget = () => {
    if (clock.now() - lastLoss >= BOUNDS.silenceForgotten) losses = 0
  }
  return {
    pongWait() {
      forget()
      return Math.min(BOUNDS.pongMost, BOUNDS.pongWait * 2 ** losses) + random() * BOUNDS.pongSpread
    },
    lost() {
      forget()
      losses++
      lastLoss = clock.now()
    },
  }
}
