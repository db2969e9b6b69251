import type { Facts } from '../facts.ts'
import { nameOf } from '../people.ts'

/** Who was told that they came in or went is in or out, unless a later move got no answer. */
export function* movesAreThere({ moves, memberships }: Facts): Generator<string> {
  const here = new Set(
    memberships.filter((one) => one.here).map((one) => `${one.conversation} ${one.person}`),
  )
  for (const [key, some] of Map.groupBy(moves, (move) => `${move.conversation} ${move.person}`)) {
    const last = some.findLast(({ moved }) => moved.outcome !== 'refused')
    if (last?.moved.outcome !== 'done') continue
    const comes = last.kind === 'join' || last.kind === 'invite'
    if (here.has(key) !== comes)
      yield `The last move of ${nameOf(last.person)} in ${last.conversation} was to ${last.kind}, and they are ${comes ? 'not in it' : 'still in it'}.`
  }
}
