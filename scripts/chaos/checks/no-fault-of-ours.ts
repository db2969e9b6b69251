import type { Facts } from '../facts.ts'

/** What is away may be asked for again, and is called so. Nobody is told of a fault of ours, and nobody is signed out. */
export function* noFaultOfOurs({ failures }: Facts): Generator<string> {
  yield* failures
}
