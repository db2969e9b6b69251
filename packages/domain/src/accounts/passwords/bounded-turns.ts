import { ParleyError } from '@parley/protocol'

const RETRY_SECONDS = 2

/**
 * Lets `atOnce` pieces of work run and `waiting` more wait, in order; whoever comes after that is turned away.
 * @throws ParleyError('too_many')
 */
export function boundedTurns(atOnce: number, waiting: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0
  const queue: (() => void)[] = []
  return async (work) => {
    if (running >= atOnce) {
      if (queue.length >= waiting)
        throw new ParleyError(
          'too_many',
          'Too many people are signing in at this moment. Try again shortly.',
          {
            retryAfter: RETRY_SECONDS,
          },
        )
      await new Promise<void>((resolve) => queue.push(resolve))
    } else running += 1
    try {
      return await work()
    } finally {
      const next = queue.shift()
      if (next) next()
      else running -= 1
    }
  }
}
