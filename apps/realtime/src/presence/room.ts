import type { Context } from '@parley/adapters/context'
import type { Followed } from '@parley/adapters/presence/followed'
import type { Sighting } from '@parley/adapters/presence/sighting'
import type { Sightings } from '@parley/adapters/presence/sightings'
import type { Database } from '@parley/db'
import type { Log } from '@parley/domain/ports'
import type { Sight } from '@parley/domain/presence/index'
import type { Id } from '@parley/protocol'
import type { Connection } from '../gateway/connection.ts'
import type { Counts } from './counts.ts'
import type { Devices } from './devices.ts'
import type { Looks } from './looks.ts'
import type { Nodes } from './nodes.ts'
import type { Teller } from './teller.ts'
import type { Watched } from './watched.ts'

/** What a node knows of who is there and who looks. Each verb of this room has a file, and is handed all of it. */
export type Room = {
  readonly db: Database
  readonly redis: Context['redis']
  readonly log: Log
  /** Unix milliseconds. */
  now(): number
  /** Milliseconds that only ever go forward. */
  clock(): number
  sightOf(connection: Connection): Sight
  readonly sightings: Sightings
  readonly followed: Followed
  readonly here: Devices
  readonly looking: Looks
  readonly counting: Counts
  readonly told: Teller
  readonly others: Nodes
  /** People of whom is to be read what they chose. */
  readonly unread: Set<Id>
  /** The latest of what this node saw and the others do not know yet, by person. */
  readonly untold: Map<Id, Sighting>
  /** Those looked at of whom something changed since the last tick. */
  readonly changed: Set<Watched>
  /** Who looks at somebody of whom something changed in the very tick: told whether or not it shows. */
  fresh: [Connection, Watched][]
  /** Whether the organisation shows when anybody was last active. */
  lastActiveShown: boolean
  /** When the first of what was chosen ends by itself. */
  nextEnd: number
  /** Everybody online, and when that was read. */
  online: { people: Set<Id>; at: number } | null
  /** When the lease was last renewed, by the clock; and since when that succeeds, or null while it does not. */
  renewed: number
  returned: number | null
  /** Nothing is known of those whom other nodes saw. */
  blind: boolean
  /** What happened to those followed may not have been heard. */
  refollow: boolean
}
