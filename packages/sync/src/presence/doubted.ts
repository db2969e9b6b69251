import { BOUNDS } from '../bounds.ts'
import type { Clock } from '../ports.ts'
import type { Topic } from '../views/topics.ts'

export type Doubted = {
  /** The connection that told of these is gone. */
  add(topics: Iterable<Topic>): void
  /** It was told of anew. */
  told(topic: Topic): void
  close(): void
}

/**
 * What was told over a connection that is gone and not told anew since: known for a while yet, so that a short break
 * changes nothing on the screen, and then by nobody. With the next connection it is not known either, if that does not
 * tell: somebody may be seen no longer.
 */
export function doubted(clock: Clock, forget: (topic: Topic) => void): Doubted {
  /** Since when; the oldest comes first. */
  const since = new Map<Topic, number>()
  let cancel: (() => void) | null = null

  function look(): void {
    cancel = null
    for (const [topic, at] of since) {
      if (at + BOUNDS.presenceKept > clock.now()) break
      since.delete(topic)
      forget(topic)
    }
    plan()
  }

  function plan(): void {
    const [oldest] = since.values()
    if (oldest === undefined || cancel) return
    cancel = clock.after(Math.max(0, oldest + BOUNDS.presenceKept - clock.now()), look)
  }

  return {
    add(topics) {
      for (const topic of topics) if (!since.has(topic)) since.set(topic, clock.now())
      plan()
    },
    told: (topic) => void since.delete(topic),
    close() {
      cancel?.()
      since.clear()
    },
  }
}
