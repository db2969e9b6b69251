import type { Facts } from '../facts.ts'
import { nameOf } from '../people.ts'

/** What a person read stays read: the position is never before one that was answered with `done`. */
export function* readsAreThere({ histories, memberships, moves }: Facts): Generator<string> {
  for (const { person, reads } of histories)
    for (const [conversation, some] of Map.groupBy(reads, (read) => read.conversation)) {
      // whoever comes in anew begins with a position of their own
      if (moves.some((move) => move.person === person && move.conversation === conversation)) continue
      const furthest = Math.max(0, ...some.filter(({ outcome }) => outcome === 'done').map(({ seq }) => seq))
      const row = memberships.find((one) => one.person === person && one.conversation === conversation)
      if ((row?.readSeq ?? 0) < furthest)
        yield `${nameOf(person)} read ${conversation} up to ${furthest}, and it is kept as read up to ${row?.readSeq ?? 0}.`
    }
}
