import type { Fault } from './fault.ts'

/** Redis stands still: it takes connections and answers nothing. */
export const pauseRedis: Fault = {
  targets: ['redis'],
  holds: () => ['redis'],
  ms: [500, 9_000],
  begin({ stage }) {
    stage.redis.signal('SIGSTOP')
    return () => stage.redis.signal('SIGCONT')
  },
}
