import { createHash } from 'node:crypto'
import { EPOCH, FIRST_IMPORT_NODE, type Id, idAt, MAX_NODE } from '@parley/protocol'

/**
 * Ids of what is imported. They are computed from what the export says and nothing else, so that a second run of
 * the same export, or one that goes on after a crash, makes the very same.
 *
 * Imports write as nodes of their own, which no running process may lease: an id made of a time long past must
 * not meet one that a process of that time made.
 */
export const IMPORT_NODES = { first: FIRST_IMPORT_NODE, count: MAX_NODE - FIRST_IMPORT_NODE + 1 } as const

/** Conversations are spread over this many lanes; within a lane no two messages may share a microsecond. */
const LANES_PER_NODE = 4
const LANES = IMPORT_NODES.count * LANES_PER_NODE

/** The first 48 bits of a digest: a safe integer, the same on every machine. */
const digest = (text: string): number => createHash('sha256').update(text).digest().readUIntBE(0, 6)

export const laneOf = (slackConversation: string): number => digest(`slack lane ${slackConversation}`) % LANES

/** Lanes with the same node share its counters. */
export const nodeOf = (lane: number): number => IMPORT_NODES.first + Math.floor(lane / LANES_PER_NODE)

/**
 * The place of a message among all of its node: microseconds since EPOCH, with two bits for the lane.
 * Ascends with `ts` (Unix microseconds), so that the order within a conversation is the order of its ids.
 * A safe integer until 2086.
 */
export const placeOf = (ts: number, lane: number): number =>
  (ts - EPOCH * 1_000) * LANES_PER_NODE + (lane % LANES_PER_NODE)

const PLACES_PER_MILLISECOND = 1_000 * LANES_PER_NODE

/** Below 4,000 of the 4,096 counters that a millisecond has. */
export const idAtPlace = (place: number, node: number): Id =>
  idAt(EPOCH + Math.floor(place / PLACES_PER_MILLISECOND), node, place % PLACES_PER_MILLISECOND)

/** The earliest time that an id can hold, in Unix microseconds. */
export const EARLIEST = EPOCH * 1_000

/** Nobody knows when a Slack account was made: people get times in the first two years after EPOCH. */
export const personId = (key: string): Id => {
  const bits = digest(`slack person ${key}`)
  return idAt(EPOCH + Math.floor(bits / 2 ** 12), IMPORT_NODES.first, bits % 2 ** 12)
}

/** `createdAt` in Unix milliseconds; a second is all that Slack tells. */
export const conversationId = (slackId: string, createdAt: number | null): Id => {
  const bits = digest(`slack conversation ${slackId}`)
  const within = bits % 2 ** 18
  return idAt(
    (createdAt ?? EPOCH) + (Math.floor(bits / 2 ** 18) % 1_000),
    IMPORT_NODES.first + Math.floor(within / 2 ** 12),
    within % 2 ** 12,
  )
}
