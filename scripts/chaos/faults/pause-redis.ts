import type { Fault } from './fault.ts'

/** Redis, or a master of it, stands still: it takes connections and answers nothing. */
export const pauseRedis: Fault = {
  targets: ['redis'],
  holds: () => ['redis'],
  ms: [500, 9_000],
  begin: ({ stage }, _, strength) => stage.redis.pause(strength),
}
