import type { LocalPerson } from '../delivery/local.ts'
import { BOUNDS } from './bounds.ts'
import type { Connection } from './connection.ts'

/** Of a person: how long a frame counts, and for how long all together may. */
const FRAME_MS = 1_000 / (BOUNDS.floodPerSecond * BOUNDS.floodTogether)
const MOST_MS = BOUNDS.floodBurst * BOUNDS.floodTogether * FRAME_MS

function refill(connection: Connection, now: number): void {
  const seconds = (now - connection.counted) / 1_000
  connection.counted = now
  connection.frames = Math.min(BOUNDS.floodBurst, connection.frames + seconds * BOUNDS.floodPerSecond)
  connection.typing = Math.min(BOUNDS.typingBurst, connection.typing + seconds * BOUNDS.typingPerSecond)
}

/** Counts one frame, of its connection and of its person. False: it is one too many. */
export const takeFrame = (connection: Connection, bytes: number, now: number): boolean =>
  take(connection, 1 + Math.floor(bytes / BOUNDS.floodBytes), now)

/**
 * Counts what a frame lists, after the frame itself was counted and before it is looked at any closer. False: it is too
 * much.
 */
export function takeListed(connection: Connection, json: unknown, now: number): boolean {
  if (typeof json !== 'object' || json === null) return true
  const { conversations, people } = json as { conversations?: unknown; people?: unknown }
  const frames =
    Math.floor(lengthOf(conversations) / BOUNDS.floodConversations) +
    Math.floor(lengthOf(people) / BOUNDS.floodPeople)
  return frames === 0 || take(connection, frames, now)
}

/** Counts what is sent once more, before it is. False: it is too much. */
export const takeAgain = (connection: Connection, bytes: number, now: number): boolean =>
  take(connection, Math.ceil(bytes / BOUNDS.floodAgainBytes), now)

/** Counts what could not be understood, after it was: much of it is dearer to take apart than any frame. */
export function takeNonsense(connection: Connection, bytes: number, now: number): void {
  take(connection, Math.floor(bytes / BOUNDS.floodBytes) * BOUNDS.floodNonsense, now)
}

/** Counts one `typing`, after the frame itself was counted. False: nobody need hear of it. */
export function takeTyping(connection: Connection): boolean {
  if (connection.typing < 1) return false
  connection.typing--
  return true
}

function take(connection: Connection, frames: number, now: number): boolean {
  refill(connection, now)
  connection.frames -= frames
  if (connection.frames < 0) return false
  const { stage } = connection
  return stage.at !== 'inside' || takeTogether(stage.person, frames, now)
}

/** One number for all of a person's connections. What is too much is not counted: it ends the one that brought it. */
function takeTogether(person: LocalPerson, frames: number, now: number): boolean {
  const restedAt = Math.max(person.restedAt, now) + frames * FRAME_MS
  if (restedAt - now > MOST_MS) return false
  person.restedAt = restedAt
  return true
}

const lengthOf = (list: unknown): number => (Array.isArray(list) ? list.length : 0)
