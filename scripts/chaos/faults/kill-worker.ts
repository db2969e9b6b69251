import type { Fault } from './fault.ts'

/** The worker ends, perhaps in the middle of relaying what dead publishers left. */
export const killWorker: Fault = {
  targets: ['worker'],
  holds: () => ['worker'],
  ms: [300, 5_000],
  async begin({ stage }) {
    await stage.parts.worker.process.down('SIGKILL')
    return () => stage.parts.worker.process.up()
  },
}
