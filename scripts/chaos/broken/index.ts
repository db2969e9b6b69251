import type { FaultName } from '../faults/index.ts'

/** Builds that are broken on purpose: the harness must find each of them. */
export type Broken = 'publish' | 'ack' | 'dedupe'

/** The faults by which each comes to light: more of them might mend what it broke, as a node that comes back does. */
export const BROKEN = {
  publish: ['crash-clients'],
  ack: ['kill-node', 'restart-postgres'],
  dedupe: ['double-frames', 'reset-people'],
} satisfies Record<Broken, FaultName[]>
export const BROKEN_NAMES = Object.keys(BROKEN) as Broken[]

/** What a realtime node is started from. */
export const mainOf = (broken: Broken | null): string =>
  broken ? 'scripts/chaos/broken/main.ts' : 'apps/realtime/src/main.ts'
