import type { Fault } from './fault.ts'

/** PostgreSQL is shut down at once, with whatever was under way (SIGQUIT), and recovers from its log. */
export const restartPostgres: Fault = {
  targets: ['postgres'],
  holds: () => ['postgres'],
  ms: [200, 2_500],
  async begin({ stage }) {
    await stage.postgres.down('SIGQUIT')
    return () => stage.postgres.up()
  },
}
