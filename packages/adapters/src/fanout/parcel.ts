import type { Publication } from '@parley/domain/publication'
import type { ChosenPresence, ConversationEvent, Id, PersonalEvent, ServerFrame } from '@parley/protocol'

/**
 * A publication as it travels: every frame serialised once, and beside it only what a node needs to keep its own
 * indexes. Nodes forward the bytes and never look into them.
 */
export type Parcel = {
  conversations: ConversationPiece[]
  people: PersonPiece[]
  /** Sockets of these are closed at once. */
  revoked: { sessions: Id[]; people: Id[] }
}

/** Changes [first, last] of one conversation, without a gap. */
export type ConversationPiece = {
  conversation: Id
  first: number
  last: number
  /** Who is no longer a member after these. */
  left: Id[]
  /** An `events` frame, as UTF-8 JSON. */
  frame: Buffer
}

/** Changes [first, last] of one person. */
export type PersonPiece = {
  person: Id
  first: number
  last: number
  /** What this did to the person's memberships, in order; for what was joined, the version it stood at. */
  moves: MembershipMove[]
  /** What the person has chosen of their presence, if this changed it. */
  chosen?: ChosenPresence
  /** A `personal` frame, as UTF-8 JSON. */
  frame: Buffer
}
export type MembershipMove = { version: number; joined: Id; at: number } | { version: number; left: Id }

/** Text of one frame in UTF-16 code units; more changes than that become several frames. */
const FRAME_TEXT = 200_000

const made = new WeakMap<Publication, Parcel>()

/** The parcel of a publication, made once however many ask for it. */
export function parcelOf(publication: Publication): Parcel {
  let parcel = made.get(publication)
  if (!parcel) {
    parcel = {
      conversations: [...publication.conversations].flatMap(([id, events]) => conversationPieces(id, events)),
      people: [...publication.people].map(([id, events]) => personPiece(id, events)),
      revoked: publication.revoked,
    }
    made.set(publication, parcel)
  }
  return parcel
}

function conversationPieces(conversation: Id, events: ConversationEvent[]): ConversationPiece[] {
  const pieces: ConversationPiece[] = []
  let from = 0
  let text = 0
  for (let i = 0; i < events.length; i++) {
    const event = events[i]!
    if ('message' in event) text += event.message.text.length
    if (text < FRAME_TEXT && i < events.length - 1) continue
    pieces.push(conversationPiece(conversation, events.slice(from, i + 1)))
    from = i + 1
    text = 0
  }
  return pieces
}

const conversationPiece = (conversation: Id, events: ConversationEvent[]): ConversationPiece => ({
  conversation,
  first: events[0]!.version,
  last: events.at(-1)!.version,
  left: events.flatMap((event) => (event.type === 'members.changed' ? event.left : [])),
  frame: bytes({ t: 'events', conversation, events }),
})

function personPiece(person: Id, events: PersonalEvent[]): PersonPiece {
  const versions = events.map((event) => event.version)
  const chosen = events.findLast((event) => event.type === 'presence.chosen')?.chosen
  return {
    ...(chosen && { chosen }),
    person,
    first: Math.min(...versions),
    last: Math.max(...versions),
    moves: events.flatMap((event): MembershipMove[] => {
      const { version } = event
      if (event.type === 'membership.added')
        return [{ version, joined: event.conversation.id, at: event.conversation.version }]
      return event.type === 'membership.removed' ? [{ version, left: event.conversation }] : []
    }),
    frame: bytes({ t: 'personal', events }),
  }
}

const bytes = (frame: ServerFrame): Buffer => Buffer.from(JSON.stringify(frame))
