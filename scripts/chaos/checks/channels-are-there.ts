import type { Facts } from '../facts.ts'
import { nameOf } from '../people.ts'

/** A channel that was made is there, once and as it was told; one that was refused is not. */
export function* channelsAreThere({ histories, rooms }: Facts): Generator<string> {
  const made = Map.groupBy(
    rooms.filter(({ name }) => name !== undefined),
    ({ name }) => name,
  )
  for (const { person, channels } of histories)
    for (const { name, id, outcome } of channels) {
      const found = made.get(name) ?? []
      const what = `The channel "${name}" of ${nameOf(person)}`
      if (found.length > 1) yield `${what} is there ${found.length} times.`
      if (outcome === 'done' && found[0]?.id !== id)
        yield `${what} was made as ${id}, and is ${found[0]?.id ?? 'not there'}.`
      if (outcome === 'refused' && found.length > 0) yield `${what} was refused and is there all the same.`
    }
}
