import type { Fault } from './fault.ts'

const LONGEST_MS = 1_500

/** Frames of people are held up on their way, each for another time, and some are doubled. */
export const holdFrames: Fault = {
  targets: ['frames'],
  holds: () => ['frames'],
  ms: [2_000, 6_000],
  async begin({ crowds }, _, strength) {
    await crowds.all({ do: 'weather', twice: 10, heldMs: 100 + Math.round(strength * LONGEST_MS) })
    return () => crowds.all({ do: 'weather', twice: 0, heldMs: 0 })
  },
}
