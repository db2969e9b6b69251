import type { Facts } from '../facts.ts'

/** Message-path rule 11, and the contract of the engine: every event is told once and in the order of versions. */
export function* toldInOrder({ histories }: Facts): Generator<string> {
  for (const { violations } of histories) yield* violations
}
