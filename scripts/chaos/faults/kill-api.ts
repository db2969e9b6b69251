import type { Fault } from './fault.ts'

/** The process that answers requests over HTTP ends between any two of its steps, and comes back. */
export const killApi: Fault = {
  targets: ['api'],
  holds: () => ['api'],
  ms: [300, 3_000],
  async begin({ stage }) {
    await stage.parts.api.process.down('SIGKILL')
    return () => stage.parts.api.process.up()
  },
}
