import type { Fault } from './fault.ts'

/** The process by which people join and leave ends between any two of its steps. */
export const killOffice: Fault = {
  targets: ['office'],
  holds: () => ['office'],
  ms: [300, 3_000],
  async begin({ stage }) {
    await stage.parts.office.process.down('SIGKILL')
    return () => stage.parts.office.process.up()
  },
}
