import type { ChosenPresence, Id } from '@parley/protocol'
import { chosenBy } from './load.ts'
import type { Room } from './room.ts'

/** Reads what people chose who came, or of whom news may have been missed. */
export async function readChosen(room: Room): Promise<void> {
  const { unread } = room
  if (unread.size === 0) return
  // who has chosen meanwhile has chosen what was told
  for (const [person, chosen] of await chosenBy(room.db, [...unread]))
    if (unread.delete(person)) takeChosen(room, person, chosen)
}

/** Takes what somebody chose, wherever they are here: with a device, looked at, or both. */
export function takeChosen({ here, looking, changed }: Room, person: Id, chosen: ChosenPresence): void {
  here.chose(person, chosen)
  const one = looking.watched.get(person)
  if (!one) return
  one.chosen = chosen
  changed.add(one)
}
