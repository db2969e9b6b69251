import type { Fault } from './fault.ts'

/** Redis, or a master of it, ends and comes back. One alone comes back empty: leases, jobs and schedules are gone. */
export const restartRedis: Fault = {
  targets: ['redis'],
  holds: () => ['redis'],
  ms: [200, 5_000],
  begin: ({ stage }, _, strength) => stage.redis.kill(strength),
}
