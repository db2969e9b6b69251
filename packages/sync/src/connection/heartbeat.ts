import { BOUNDS } from '../bounds.ts'
import type { Clock } from '../ports.ts'

export type Heartbeat = {
  /** Something came. Whatever it was, the other end is there. */
  heard(): void
  /** Something was sent that is to be answered. */
  asked(): void
  /** Finds out now whether the other end is there. */
  probe(): void
  stop(): void
}

type Options = {
  clock: Clock
  /** Milliseconds for which a ping may be followed by nothing. */
  pongWait(): number
  /** Milliseconds from one ping to the next while nothing gives cause for another. */
  every: number
  ping(): void
  /** Whether anything that was asked is unanswered. */
  isOwed(): boolean
  /** Something that was asked is followed by silence, and so is the ping after it; or no longer. */
  onSilence(silent: boolean): void
  /** A ping was followed by nothing at all for as long as one may be: the other end, or the way to it, is gone. */
  onDead(): void
}

/**
 * Finds out whether the other end is there. It is asked for a sign of life now and then, and as soon as something that was
 * asked is followed by silence; any frame is one. A node that only answers late, since its database hangs, answers pings.
 * One timer, however much is asked.
 */
export function heartbeat({ clock, pongWait, every, ping, isOwed, ...options }: Options): Heartbeat {
  let heardAt = clock.now()
  let beatAt = heardAt + every
  /** Since when something that was asked may be unanswered; null while nothing is. */
  let askedAt: number | null = null
  /** Until when a ping that is under way may be unanswered; null while none is. */
  let pongBy: number | null = null
  let isSilent = false
  let overslept = false
  let cancel = () => {}

  function plan(): void {
    cancel()
    const silenceAt = askedAt === null || isSilent ? Number.POSITIVE_INFINITY : silentFrom(askedAt)
    cancel = clock.after(Math.max(0, Math.min(pongBy ?? beatAt, silenceAt) - clock.now()), look)
  }

  const silentFrom = (asked: number) => Math.max(asked, heardAt) + BOUNDS.askedWait

  function send(): void {
    const now = clock.now()
    beatAt = now + every
    pongBy = now + pongWait()
    ping()
  }

  function look(): void {
    const now = clock.now()
    if (pongBy !== null && now >= pongBy) {
      if (overslept || now - pongBy < BOUNDS.overslept) {
        options.onDead()
        return
      }
      // It was this end that stood still, and what came meanwhile is not read yet.
      overslept = true
      send()
    }
    if (pongBy === null && now >= beatAt) send()
    if (askedAt !== null && !isOwed()) askedAt = null
    if (askedAt !== null && !isSilent && now >= silentFrom(askedAt)) {
      isSilent = true
      options.onSilence(true)
      if (pongBy === null) send()
    }
    plan()
  }

  plan()
  return {
    heard() {
      heardAt = clock.now()
      if (pongBy === null) return
      pongBy = null
      overslept = false
      const wasSilent = isSilent
      isSilent = false
      plan()
      if (wasSilent) options.onSilence(false)
    },
    asked() {
      if (askedAt !== null) return
      askedAt = clock.now()
      plan()
    },
    probe() {
      if (pongBy !== null) return
      send()
      plan()
    },
    stop: () => cancel(),
  }
}
