import { compareIds, type Id } from '@parley/protocol'

/** By which there is one conversation of the same people, whoever opens it and in whatever order they are named. */
export const directKeyOf = (people: readonly Id[]): string => [...people].sort(compareIds).join(',')
