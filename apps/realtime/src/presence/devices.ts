import type { Seen, Sighting } from '@parley/adapters/presence/sighting'
import type { ChosenPresence, Id } from '@parley/protocol'

/** Somebody with a connection to this node, or who had one a moment ago. */
type Local = {
  connections: number
  idle: number
  /** Null until it was read: nobody is told anything of somebody who may be invisible. */
  chosen: ChosenPresence | null
  /** What was last answered to be told to the other nodes; null when they have forgotten it. */
  told: Seen | null
  /** When anybody could last see them active here; 0: never. */
  lastActive: number
}

export type Devices = {
  /** A device of this person is here. True: what they chose must be read first. */
  arrived(person: Id): boolean
  left(person: Id, wasIdle: boolean): void
  /** The device is not in use any more, or again. */
  became(person: Id, idle: boolean): void
  /** What the person chose, as far as they are here. */
  chose(person: Id, chosen: ChosenPresence): void
  /** Whoever is here. */
  people(): Iterable<Id>
  /** Sightings that are news; each is answered once, and whoever asks sees to it that the other nodes are told. */
  changed(): Sighting[]
  /** Redis has forgotten what this node told. */
  forgotten(): void
}

/**
 * All devices of a person at this node, merged: active if any is in use, idle if none is. Whoever is invisible is not
 * told of at all, from here on: no other process knows more than of somebody who is away.
 */
export function devices(origin: string, now: () => number): Devices {
  const all = new Map<Id, Local>()
  const dirty = new Set<Id>()
  let number = 0

  function seenOf({ connections, idle, chosen }: Local): Seen {
    if (connections === 0 || chosen?.availability === 'invisible') return 'gone'
    return idle === connections ? 'idle' : 'active'
  }

  /** Runs before a change, so that who was active until now is known to have been. */
  function touch(person: Id, change: (local: Local) => void): void {
    const local = all.get(person)
    if (!local) return
    if (local.chosen !== null && seenOf(local) === 'active') local.lastActive = now()
    change(local)
    dirty.add(person)
  }

  return {
    arrived(person) {
      const known = all.get(person)
      if (!known) all.set(person, { connections: 0, idle: 0, chosen: null, told: 'gone', lastActive: 0 })
      touch(person, (local) => {
        local.connections++
      })
      return !known?.chosen
    },
    left: (person, wasIdle) =>
      touch(person, (local) => {
        local.connections--
        if (wasIdle) local.idle--
      }),
    became: (person, idle) =>
      touch(person, (local) => {
        local.idle += idle ? 1 : -1
      }),
    chose: (person, chosen) =>
      touch(person, (local) => {
        local.chosen = chosen
      }),
    people: () => all.keys(),
    changed() {
      const sightings: Sighting[] = []
      for (const person of dirty) {
        const local = all.get(person)!
        if (local.chosen === null && local.connections > 0) continue
        dirty.delete(person)
        const seen = seenOf(local)
        if (seen === 'active') local.lastActive = now()
        if (seen !== local.told)
          sightings.push({ origin, person, number: ++number, seen, lastActive: local.lastActive })
        local.told = seen
        if (local.connections === 0) all.delete(person)
      }
      return sightings
    },
    forgotten() {
      for (const [person, local] of all) {
        // nothing is forgotten of somebody who is not to be seen, and telling it would tell when they came
        if (local.told === 'gone') continue
        local.told = null
        dirty.add(person)
      }
    },
  }
}
