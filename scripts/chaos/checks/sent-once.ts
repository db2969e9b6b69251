import type { Facts } from '../facts.ts'
import { nameOf } from '../people.ts'

/**
 * Message-path rule 3: nothing is there twice. What was not refused is there, unless its device died before it could
 * store it; what was refused is not; and nobody said anything that they did not say.
 */
export function* sentOnce({ histories, messages }: Facts): Generator<string> {
  const times = new Map<string, number>()
  for (const { client } of messages) if (client) times.set(client, (times.get(client) ?? 0) + 1)
  const known = new Set<string>()
  for (const { person, sent, refused, lost } of histories) {
    const [refusedOnes, lostOnes] = [new Set(refused), new Set(lost)]
    for (const { id, text } of sent) {
      known.add(id)
      const n = times.get(id) ?? 0
      const what = `"${text}" of ${nameOf(person)}`
      if (n > 1) yield `${what} is there ${n} times.`
      if (n === 1 && refusedOnes.has(id)) yield `${what} was refused and is there all the same.`
      if (n === 0 && !refusedOnes.has(id) && !lostOnes.has(id))
        yield `${what} left the outbox without being refused, and is not there.`
    }
  }
  for (const { client, text, sender } of messages)
    if (!client || !known.has(client))
      yield `"${text}" is there in the name of ${nameOf(sender)}, who did not say it.`
}
