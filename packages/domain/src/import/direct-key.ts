import type { Id } from '@parley/protocol'

/** By which there is one direct conversation of the same people. `people` sorted. */
export const directKeyOf = (people: readonly Id[]): string => people.join(',')
