import type { ConversationPiece, PersonPiece } from '@parley/adapters/fanout/subscriber'
import type { Id } from '@parley/protocol'
import type { Connection } from '../gateway/connection.ts'

/** A person who is connected to this node. */
export type LocalPerson = {
  id: Id
  /** Their memberships are known as of this personal version; null before they were first read. */
  version: number | null
  connections: Connection[]
  /** Connections that are about to be let in. */
  entering: number
  /** By the node's clock: when nothing that they have said counts any more (gateway/flood.ts). */
  restedAt: number
  conversations: LocalConversation[]
  /** Set while their memberships are read. */
  reading: Reading | null
  /** Bytes of what they have asked for and is not done. */
  asked: number
}
export type Reading = {
  /** Resolves with the conversations in which the person turned out to be, though nothing had told so. */
  done: Promise<Set<LocalConversation>>
  /** What arrived meanwhile, to be applied to what was read. */
  early: PersonPiece[]
  /** What is read may be too old already. */
  again: boolean
}

/** A conversation with at least one member connected to this node. */
export type LocalConversation = {
  id: Id
  /** Everything up to this version was told to `people`, or they were told to fetch it. */
  version: number
  people: Set<LocalPerson>
  /** What must wait for something before it, by version. */
  held: ConversationPiece[] | null
  /** Set while its version and members are read: who joined meanwhile. */
  joined: Set<LocalPerson> | null
}

/** Who and what this node serves. */
export type Local = {
  people: Map<Id, LocalPerson>
  conversations: Map<Id, LocalConversation>
  /** Set while memberships are read. */
  passed: Passed | null
}
/** How far conversations went that nobody here was known to be in. `full`: others did, too. */
export type Passed = { versions: Map<Id, number>; full: boolean }

export const emptyLocal = (): Local => ({ people: new Map(), conversations: new Map(), passed: null })

/** The person, who may be new here. */
export function personOf(local: Local, id: Id): LocalPerson {
  let person = local.people.get(id)
  if (!person) {
    person = {
      id,
      version: null,
      connections: [],
      entering: 0,
      restedAt: 0,
      conversations: [],
      reading: null,
      asked: 0,
    }
    local.people.set(id, person)
  }
  return person
}

/**
 * From here on the person is told what happens in the conversation, which stands at `version`.
 * @returns the conversation, or null when the person was in it already
 */
export function join(local: Local, person: LocalPerson, id: Id, version: number): LocalConversation | null {
  let conversation = local.conversations.get(id)
  if (!conversation) {
    conversation = { id, version, people: new Set(), held: null, joined: null }
    local.conversations.set(id, conversation)
  }
  conversation.joined?.add(person)
  if (conversation.people.has(person)) return null
  conversation.people.add(person)
  person.conversations.push(conversation)
  return conversation
}

/** From here on the person is told nothing of the conversation. */
export function part(local: Local, person: LocalPerson, conversation: LocalConversation): void {
  conversation.joined?.delete(person)
  if (!conversation.people.delete(person)) return
  const at = person.conversations.indexOf(conversation)
  const last = person.conversations.pop()!
  if (last !== conversation) person.conversations[at] = last
  if (conversation.people.size === 0) local.conversations.delete(conversation.id)
}

/** The person is gone from this node once nobody of theirs is here or about to be. */
export function forget(local: Local, person: LocalPerson): void {
  if (person.connections.length > 0 || person.entering > 0) return
  for (const conversation of [...person.conversations]) part(local, person, conversation)
  local.people.delete(person.id)
}
