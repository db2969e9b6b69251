import type { OutboxPayload } from '@parley/domain/publication'
import { type ChosenPresence, type Id, jsonOf } from '@parley/protocol'
import { z } from 'zod'
import type { ConversationPiece, MembershipMove, Parcel, PersonPiece } from './parcel.ts'

/**
 * What nodes tell each other over one Redis channel: a JSON head, a line feed, then the bytes of the frames one after
 * another. `number` counts the envelopes of one origin that must not be missed, from 1.
 */
export type Envelope =
  | { kind: 'parcel'; origin: string; number: number; parcel: Parcel }
  | { kind: 'hints'; origin: string; number: number; hints: Hints }
  /** Worth nothing a second later: not numbered. */
  | { kind: 'typing'; origin: string; typing: Typing }
  /** Says which number was the last, so that a loss shows itself although nothing follows. */
  | { kind: 'heartbeat'; origin: string; number: number }

/** How far things went; who holds less fetches the rest. */
export type Hints = { conversations: [Id, number][]; people: [Id, number][] } & Pick<Parcel, 'revoked'>
export type Typing = { conversation: Id; root?: Id; person: Id }

/** Says what an envelope looks like; one of another format is not understood and counts as lost. */
const FORMAT = 1

type Head = {
  v: typeof FORMAT
  o: string
  n?: number
  /** [conversation, first, last, bytes, left] and [person, first, last, bytes, moves, chosen] */
  c?: [Id, number, number, number, Id[]?][]
  p?: [Id, number, number, number, MembershipMove[]?, ChosenPresence?][]
  r?: Parcel['revoked']
  h?: Hints
  t?: Typing
}

const LINE_FEED = 0x0a

export function encodeParcel(origin: string, number: number, parcel: Parcel): Buffer {
  const head: Head = { v: FORMAT, o: origin, n: number }
  if (parcel.conversations.length > 0)
    head.c = parcel.conversations.map(({ conversation, first, last, left, frame }) =>
      left.length > 0
        ? [conversation, first, last, frame.length, left]
        : [conversation, first, last, frame.length],
    )
  if (parcel.people.length > 0)
    head.p = parcel.people.map(({ person, first, last, moves, chosen, frame }) => {
      if (chosen) return [person, first, last, frame.length, moves, chosen]
      return moves.length > 0
        ? [person, first, last, frame.length, moves]
        : [person, first, last, frame.length]
    })
  if (parcel.revoked.sessions.length + parcel.revoked.people.length > 0) head.r = parcel.revoked
  return Buffer.concat([
    Buffer.from(`${JSON.stringify(head)}\n`),
    ...parcel.conversations.map((piece) => piece.frame),
    ...parcel.people.map((piece) => piece.frame),
  ])
}

export function hintsOf(payload: OutboxPayload): Hints {
  return {
    conversations: (payload.changes ?? []).map(([conversation, , to]) => [conversation, to]),
    people: payload.people ?? [],
    revoked: payload.revoked ?? { sessions: [], people: [] },
  }
}

export const encodeHints = (origin: string, number: number, hints: Hints): Buffer =>
  headOnly({ v: FORMAT, o: origin, n: number, h: hints })
export const encodeTyping = (origin: string, typing: Typing): Buffer =>
  headOnly({ v: FORMAT, o: origin, t: typing })
export const encodeHeartbeat = (origin: string, number: number): Buffer =>
  headOnly({ v: FORMAT, o: origin, n: number })

const headOnly = (head: Head): Buffer => Buffer.from(`${JSON.stringify(head)}\n`)

const whose = z.object({ v: z.literal(FORMAT), o: z.string() })

/** How every envelope of one origin begins: one's own are told apart without being read. */
export const beginningOf = (origin: string): Buffer =>
  Buffer.from(`{"v":${FORMAT},"o":${JSON.stringify(origin)},`)

/** The frames are views into `bytes`. Null for what is not an envelope of this format. */
export function decode(bytes: Buffer): Envelope | null {
  const end = bytes.indexOf(LINE_FEED)
  const head = end < 0 ? null : parse(bytes.toString('utf8', 0, end))
  if (!head) return null
  const { o: origin, n: number, c = [], p = [], r: revoked, h: hints, t: typing } = head
  if (typing) return { kind: 'typing', origin, typing }
  if (number === undefined) return null
  if (hints) return { kind: 'hints', origin, number, hints }
  if (!head.c && !head.p && !revoked) return { kind: 'heartbeat', origin, number }
  let at = end + 1
  const cut = (length: number) => {
    at += length
    return bytes.subarray(at - length, at)
  }
  const conversations = c.map(([conversation, first, last, length, left = []]): ConversationPiece => {
    return { conversation, first, last, left, frame: cut(length) }
  })
  const people = p.map(([person, first, last, length, moves = [], chosen]): PersonPiece => {
    return { person, first, last, moves, ...(chosen && { chosen }), frame: cut(length) }
  })
  if (at !== bytes.length) return null
  const parcel = { conversations, people, revoked: revoked ?? { sessions: [], people: [] } }
  return { kind: 'parcel', origin, number, parcel }
}

/** Redis is ours: only the format is judged, not every field. */
function parse(text: string): Head | null {
  const head = jsonOf(text)
  return whose.safeParse(head).success ? (head as Head) : null
}
