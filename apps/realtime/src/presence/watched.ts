import type { Sighting } from '@parley/adapters/presence/sighting'
import type { Known } from '@parley/adapters/presence/sightings'
import { type ChosenPresence, chosenAt, type Id, NOTHING_CHOSEN, type PersonPresence } from '@parley/protocol'
import type { Connection } from '../gateway/connection.ts'
import { BOUNDS } from './bounds.ts'

/** Somebody whom people at this node look at. */
export type Watched = {
  id: Id
  lookers: Set<Connection>
  /** Since when nobody looks, or 0. */
  unseen: number
  /** Until it was read who and how they are, nobody is told anything. */
  loaded: boolean
  /** Whether there is such a person at all. */
  exists: boolean
  chosen: ChosenPresence
  /** How each node sees them. */
  from: Map<string, Sighting>
  lastActive: number
  /** A `PersonPresence` as JSON, as lookers know it, or UNKNOWN. */
  entry: string
}
export const UNKNOWN = ''

export const newWatched = (id: Id): Watched => ({
  id,
  lookers: new Set(),
  unseen: 0,
  loaded: false,
  exists: false,
  chosen: NOTHING_CHOSEN,
  from: new Map(),
  lastActive: 0,
  entry: UNKNOWN,
})

export const loadedOf = (watched: ReadonlyMap<Id, Watched>): Watched[] =>
  [...watched.values()].filter(({ loaded }) => loaded)

/** Takes a sighting, if it is newer than what is known from that node. False: it was not. */
export function hear(watched: Watched, sighting: Sighting): boolean {
  const known = watched.from.get(sighting.origin)
  if (known && known.number >= sighting.number) return false
  watched.from.set(sighting.origin, sighting)
  watched.lastActive = Math.max(watched.lastActive, sighting.lastActive)
  return true
}

/**
 * Takes what Redis holds of somebody, read from `origins` while these were `before`: of what those nodes saw then and
 * Redis does not hold, nothing is left; what was heard meanwhile is newer.
 */
export function take(
  watched: Watched,
  { sightings, lastActive }: Known,
  origins: ReadonlySet<string>,
  before: ReadonlyMap<string, Sighting>,
): void {
  const held = new Set(sightings.map(({ origin }) => origin))
  for (const [origin, sighting] of before)
    if (origins.has(origin) && !held.has(origin) && watched.from.get(origin) === sighting)
      watched.from.delete(origin)
  for (const sighting of sightings) hear(watched, sighting)
  watched.lastActive = Math.max(watched.lastActive, lastActive.get(watched.id) ?? 0)
}

/** Nodes that are dead see nobody. `at`: who was active there was so until about then. */
export function bury(watched: Watched, dead: ReadonlySet<string>, at: number): boolean {
  let changed = false
  for (const [origin, { seen }] of watched.from) {
    if (!dead.has(origin)) continue
    watched.from.delete(origin)
    if (seen === 'active') watched.lastActive = Math.max(watched.lastActive, at)
    changed = true
  }
  return changed
}

/** What holds for all who are looked at. */
type Sight = {
  /** Whether the organisation shows when anybody was last active. */
  lastActiveShown: boolean
  /** Nothing is known of those whom other nodes saw. */
  blind: boolean
}

/** Brings the entry up to date. True: it changed. */
export function refresh(watched: Watched, now: number, { lastActiveShown, blind }: Sight): boolean {
  const presence = presenceOf(watched, now, lastActiveShown)
  const entry = blind && presence.state === 'offline' ? UNKNOWN : JSON.stringify(presence)
  if (entry === watched.entry) return false
  watched.entry = entry
  return true
}

/** When what was chosen changes by itself, or infinity. */
export function endsAt({ chosen: { until, status } }: Watched, now: number): number {
  const ends = [until, status?.until ?? null].filter((at): at is number => at !== null && at > now)
  return Math.min(Number.POSITIVE_INFINITY, ...ends)
}

function presenceOf(watched: Watched, now: number, lastActiveShown: boolean): PersonPresence {
  const { availability, status, hidesLastActive } = chosenAt(watched.chosen, now)
  const seen = [...watched.from.values()].map((sighting) => sighting.seen)
  // Whoever turned invisible goes when their own node says so, as everybody does: once, and with the same news.
  const isHere = seen.some((one) => one !== 'gone')
  const isActive = seen.includes('active')
  const state = !isHere ? 'offline' : availability === 'busy' ? 'busy' : isActive ? 'online' : 'away'
  const tells = lastActiveShown && !hidesLastActive && watched.lastActive > 0
  return {
    person: watched.id,
    state,
    ...(tells && (state === 'offline' || state === 'away') ? { lastActive: coarse(watched.lastActive) } : {}),
    ...(status ? { status } : {}),
  }
}

const coarse = (at: number): number => at - (at % BOUNDS.lastActiveMs)
