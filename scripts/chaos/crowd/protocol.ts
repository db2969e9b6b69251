import type { Id } from '@parley/protocol'
import type { Cookies } from '../sign-in.ts'

/** What the harness asks of a process that people are in. */
export type Order =
  /** `api`: where the API is reached. */
  | { do: 'open'; people: Placed[]; api: string; seed: number; paceMs: number }
  /** Everybody begins to talk. */
  | { do: 'talk' }
  /** From now on so many of a hundred frames of the people are sent twice, and each is kept for up to so long. */
  | { do: 'weather'; twice: number; heldMs: number }
  /** So many die just after they have said something, and come back with what they had stored. */
  | { do: 'crash'; count: number }
  /** Nobody begins anything more; answered when everything begun is settled, one way or the other. */
  | { do: 'hush' }
  /** The network is back: as browsers say it. */
  | { do: 'online' }
  | { do: 'lagging'; truth: Truth }
  | { do: 'standing' }
  | { do: 'compare'; truth: Truth }
  | { do: 'histories' }
  | { do: 'close' }

export type Placed = {
  person: Id
  /** Rooms that they are in from the beginning to the end: what is heard of these proves nothing about others. */
  always: Id[]
  /** Of their browser. */
  cookies: Cookies
}

/** What PostgreSQL holds when everything is over. */
export type Truth = {
  rooms: {
    id: Id
    version: number
    members: Id[]
    /** Each message in one line, roots by ordinal, then replies. */
    lines: string[]
    /** Unread roots of each member, counted row by row. */
    unread: Record<Id, number>
  }[]
}

export type Answers = {
  open: null
  talk: null
  weather: null
  crash: null
  hush: null
  online: null
  /** Who has not yet heard of what, or has not been heard: a sentence each. */
  lagging: string[]
  /** Who is not connected and up to date, and how they stand with the server: a sentence each. */
  standing: string[]
  /** What is not as it is in PostgreSQL, or as a client shows it that has just fetched everything: a sentence each. */
  compare: string[]
  histories: History[]
  close: null
}

export type Outcome = 'done' | 'refused' | 'unknown'

/**
 * A message as its sender knows it. `order`: place among all that this person began. `over`: the socket of their client,
 * or a request of its own to the API.
 */
export type SentOne = {
  id: string
  conversation: Id
  root: Id | null
  text: string
  order: number
  over: 'socket' | 'request'
}
export type Acknowledged = { message: Id; seq: number; version: number; ordinal: number }

export type Change = {
  conversation: Id
  message: Id
  order: number
  outcome: Outcome
} & ({ kind: 'edit'; text: string } | { kind: 'delete' } | { kind: 'react'; emoji: string; on: boolean })

/** A channel that somebody asked for. `id`: as they were told. */
export type ChannelMade = { name: string; id: Id | null; outcome: Outcome }
/** What somebody wants to be told of. */
export type Chosen = { push: 'all' | 'mentions' | 'none'; email: boolean; outcome: Outcome }

/** Something of a conversation that arrived on a person's wire. `at`: see sharedNow. */
export type Heard = { conversation: Id; version: number; at: number; frame: string }

/** All that one person did and heard. */
export type History = {
  person: Id
  sent: SentOne[]
  /** Every acknowledgement that came over the wire, also twice for the same. */
  acknowledged: { id: string; ack: Acknowledged }[]
  /** Client ids that the server refused for good. */
  refused: string[]
  /** Client ids that died with their device before they were stored. */
  lost: string[]
  changes: Change[]
  reads: { conversation: Id; seq: number; order: number; outcome: Outcome }[]
  heard: Heard[]
  /** What the engine told against its own contract while it went on: a sentence each. */
  violations: string[]
  channels: ChannelMade[]
  chosen: Chosen[]
  /** What the server failed in by its own fault: a sentence each. */
  failures: string[]
  crashes: number
}
