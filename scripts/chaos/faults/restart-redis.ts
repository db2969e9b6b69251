import type { Fault } from './fault.ts'

/** Redis ends and comes back empty: leases, jobs and schedules are gone. */
export const restartRedis: Fault = {
  targets: ['redis'],
  holds: () => ['redis'],
  ms: [200, 5_000],
  async begin({ stage }) {
    await stage.redis.down('SIGKILL')
    return () => stage.redis.up()
  },
}
