import { mentionsIn } from '@parley/protocol'
import type { Facts } from '../facts.ts'
import { nameOf } from '../people.ts'

/**
 * Who was named in a message and has not read it was to be told, once. Only where nobody comes and goes, of messages that
 * were never changed: of the others it depends on when the worker looked.
 */
export function* notified({
  rooms,
  messages,
  earlier,
  memberships,
  notifications,
}: Facts): Generator<string> {
  const changed = new Set(earlier.map(({ message }) => message))
  const times = Map.groupBy(notifications, ({ person, message }) => `${message} ${person}`)
  for (const room of rooms.filter(({ moving }) => !moving)) {
    const read = new Map(
      memberships
        .filter((one) => one.conversation === room.id && one.here)
        .map((one) => [one.person, one.readSeq]),
    )
    for (const { id, seq, root, sender, text, gone } of messages.filter(
      (one) => one.conversation === room.id,
    )) {
      if (gone || root || changed.has(id)) continue
      for (const person of mentionsIn(text)) {
        if (person === sender || (read.get(person) ?? seq) >= seq) continue
        const told = times.get(`${id} ${person}`)?.length ?? 0
        if (told !== 1)
          yield `${nameOf(person)} was named in message ${seq} of ${room.id}, and was to be told ${told} times.`
      }
    }
  }
}
