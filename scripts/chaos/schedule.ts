import { random as seeded } from '../seed/random.ts'
import { FAULTS, type FaultName } from './faults/index.ts'

/** Milliseconds from the moment when people begin to talk. */
export type Step = { at: number; fault: FaultName; target: string; ms: number; strength: number }

const FIRST_MS = 800
const APART_MS = [200, 1_500] as const
/** A process that came back needs so long before it is hit again. */
const REST_MS = 1_500

/** The same seed, length and faults give the same steps. Several faults may be there at once, of different things. */
export function schedule(seed: number, ms: number, faults: readonly FaultName[]): Step[] {
  const random = seeded(seed)
  const between = ([least, most]: readonly [number, number]) =>
    Math.round(least + random.next() * (most - least))
  const heldUntil = new Map<string, number>()
  const steps: Step[] = []
  let deck: FaultName[] = []
  for (let at = FIRST_MS; at < ms && faults.length > 0; at += between(APART_MS)) {
    // each comes up before one comes up again
    if (deck.length === 0) deck = [...faults]
    const [fault] = deck.splice(random.int(deck.length), 1)
    const { targets, holds, ms: lasting } = FAULTS[fault!]
    const target = random.pick(targets)
    const step = {
      at,
      fault: fault!,
      target,
      ms: Math.min(between(lasting), ms - at),
      strength: random.next(),
    }
    const things = holds(target)
    if (things.some((thing) => (heldUntil.get(thing) ?? 0) > at)) continue
    for (const thing of things) heldUntil.set(thing, at + step.ms + REST_MS)
    steps.push(step)
  }
  return steps
}
