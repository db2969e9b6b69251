import type { Fault } from './fault.ts'

/** Frames of people arrive twice in a row, and messages once more long after. */
export const doubleFrames: Fault = {
  targets: ['frames'],
  holds: () => ['frames'],
  ms: [2_000, 6_000],
  async begin({ crowds }, _, strength) {
    await crowds.all({ do: 'weather', twice: 20 + strength * 60, heldMs: 0 })
    return () => crowds.all({ do: 'weather', twice: 0, heldMs: 0 })
  },
}
