import { readFileSync } from 'node:fs'
import path from 'node:path'
import { childrenOf } from '../../scripts/bench/processes.ts'
import { suite } from './suite.ts'

/** The postmaster first, as its file says (PostgreSQL, "Database File Layout"), then all that it has started. */
function processes(): number[] {
  const file = readFileSync(path.join(suite.home, 'postgres/postmaster.pid'), 'utf8')
  const postmaster = Number(file.split('\n', 1)[0])
  return [postmaster, ...childrenOf(postmaster)]
}

/** The suite's PostgreSQL, which only one test at a time may take away. */
export const suitePostgres = {
  /** For `test.skip`: where it cannot be taken away, and why. */
  outOfReach: [
    process.platform !== 'linux' || Boolean(process.env.DATABASE_URL),
    'reads from /proc which processes are those of a PostgreSQL of the suite’s own',
  ] as const,
  /** It answers nobody any more, and breaks no connection. The answer lets it go on. */
  hang(): () => void {
    const hanging = processes()
    for (const pid of hanging) process.kill(pid, 'SIGSTOP')
    return () => {
      for (const pid of hanging.splice(0)) process.kill(pid, 'SIGCONT')
    }
  },
  /** Ends it as its owner would (fast shutdown); the suite starts it again. */
  restart(): void {
    process.kill(processes()[0]!, 'SIGINT')
  },
}
