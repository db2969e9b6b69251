import { PROCESSES, type ProcessName } from '../stage/index.ts'
import type { Fault } from './fault.ts'

/** PostgreSQL does what it is asked for, and the connection breaks before it can say so: nobody knows what is committed. */
export const loseCommits: Fault = {
  targets: PROCESSES,
  holds: (name) => [`${name} to postgres`],
  ms: [200, 2_500],
  begin({ stage }, name) {
    const { postgres } = stage.parts[name as ProcessName]
    postgres.loseAnswers(true)
    return () => postgres.loseAnswers(false)
  },
}
