import type { Wire } from './server.ts'

/** Numbers that look like chance and are the same for the same seed (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** How bad it may get: of a hundred frames of news so many are lost, told twice, and held up. */
type Weather = { lost: number; twice: number; late: number }

/**
 * A wire on which news are lost, told twice and held up, so that streams overtake one another, and answers too come
 * late. Within one stream the order stays, as it does in reality, except for what is lost or told twice.
 */
export function roughWire(random: () => number) {
  let weather: Weather = { lost: 0, twice: 0, late: 0 }
  const queues = new Map<string, (() => void)[]>()
  const happens = (percent: number) => random() * 100 < percent

  function put(stream: string, deliver: () => void): void {
    const queue = queues.get(stream)
    if (queue) queue.push(deliver)
    else if (happens(weather.late)) queues.set(stream, [deliver])
    else deliver()
  }

  const wire: Wire = {
    answer: (_, deliver) => put('answers', deliver),
    news(_, stream, deliver) {
      if (happens(weather.lost)) return
      put(stream, deliver)
      if (happens(weather.twice)) put(stream, deliver)
    },
  }
  return {
    wire,
    set(next: Weather) {
      weather = next
    },
    /** Some of what was held up arrives. */
    release(): void {
      for (const [stream, queue] of [...queues]) {
        if (happens(50)) continue
        for (const deliver of queue.splice(0, 1 + Math.floor(random() * queue.length))) deliver()
        if (queue.length === 0) queues.delete(stream)
      }
    },
    /** The weather is fine, and all of it arrives. */
    calm(): void {
      weather = { lost: 0, twice: 0, late: 0 }
      for (const queue of queues.values()) for (const deliver of queue) deliver()
      queues.clear()
    },
  }
}
