import { type Fault, nothingToHeal } from './fault.ts'

const MOST = 5

/** Devices die between sending and the acknowledgement, and come back with the outbox that they had stored. */
export const crashClients: Fault = {
  targets: ['people'],
  holds: () => ['people'],
  ms: [500, 1_000],
  async begin({ crowds }, _, strength) {
    await crowds.all({ do: 'crash', count: 1 + Math.floor(strength * MOST) })
    return nothingToHeal
  },
}
