import type { Crowds } from '../crowds.ts'
import type { Stage } from '../stage/index.ts'

export type Place = { stage: Stage; crowds: Crowds }
export type Heal = () => unknown

/** One kind of trouble. What it does follows from its target and strength alone, so that a seed replays it. */
export type Fault = {
  /** One of them is meant each time. */
  targets: readonly string[]
  /** What no other fault may touch meanwhile, by name. */
  holds(target: string): string[]
  /** How long it may last, in milliseconds. */
  ms: readonly [least: number, most: number]
  /** `strength`: from 0, less than 1. The answer ends it. */
  begin(place: Place, target: string, strength: number): Promise<Heal> | Heal
}

export const nothingToHeal: Heal = () => {}
