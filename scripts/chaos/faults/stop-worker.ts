import type { Fault } from './fault.ts'

/** The worker stands still, and then goes on with turns that are no longer its own. */
export const stopWorker: Fault = {
  targets: ['worker'],
  holds: () => ['worker'],
  ms: [500, 9_000],
  begin({ stage }) {
    stage.parts.worker.process.signal('SIGSTOP')
    return () => stage.parts.worker.process.signal('SIGCONT')
  },
}
