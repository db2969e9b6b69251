import type { Followed } from '@parley/adapters/presence/followed'
import type { Sightings } from '@parley/adapters/presence/sightings'
import type { Database } from '@parley/db'
import { chosenOfMany } from '@parley/db/queries/presence/chosen-presence'
import { type ChosenPresence, type Id, NOTHING_CHOSEN } from '@parley/protocol'
import { take, type Watched } from './watched.ts'

const AT_ONCE = 500

/** What these people have chosen, a few hundred a question. */
export async function chosenBy(db: Database, people: Id[]): Promise<Map<Id, ChosenPresence>> {
  const chosen = new Map<Id, ChosenPresence>()
  for (let i = 0; i < people.length; i += AT_ONCE) {
    const chunk = people.slice(i, i + AT_ONCE)
    const found = await chosenOfMany(db.sql, chunk)
    for (const person of chunk) chosen.set(person, found.get(person) ?? NOTHING_CHOSEN)
  }
  return chosen
}

/** Brings what Redis knows of these people here. They must be followed already: nothing falls between. */
export async function readSightings(
  sightings: Sightings,
  all: Watched[],
  origins: ReadonlySet<string>,
): Promise<void> {
  const before = new Map(all.map((one) => [one, new Map(one.from)]))
  const known = await sightings.read(
    all.map(({ id }) => id),
    origins,
  )
  const byPerson = Map.groupBy(known.sightings, ({ person }) => person)
  for (const one of all) {
    const { lastActive } = known
    take(one, { sightings: byPerson.get(one.id) ?? [], lastActive }, origins, before.get(one)!)
  }
}

/** Follows people who are looked at anew, and finds out how they are. */
export async function load(
  { db, sightings, followed }: { db: Database; sightings: Sightings; followed: Followed },
  all: Watched[],
  origins: ReadonlySet<string>,
): Promise<void> {
  const ids = all.map(({ id }) => id)
  await followed.follow(ids)
  const chosen = await chosenBy(db, ids)
  for (const one of all) one.chosen = chosen.get(one.id)!
  await readSightings(sightings, all, origins)
  for (const one of all) one.loaded = true
}
