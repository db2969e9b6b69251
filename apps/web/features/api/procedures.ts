import type { ConversationKind, Id } from '@parley/protocol'

/** What everybody in the organisation sees of a person. */
export type PersonCard = {
  id: Id
  name: string
  title: string
  kind: 'person' | 'bot'
  status: 'active' | 'invited' | 'imported' | 'deactivated'
}

export type Me = {
  id: Id
  email: string | null
  name: string
  title: string
  role: string
  session: Id
  organisation: string
  permissions: Record<string, boolean>
}

export type SessionView = {
  id: Id
  device: { id: Id; name: string; push: boolean }
  method: string
  address: string
  startedAt: number
  lastUsedAt: number
  expiresAt: number
  current: boolean
}

export type BrowsedChannel = {
  id: Id
  name: string | null
  topic: string
  memberCount: number
  joined: boolean
  archived?: boolean
}

export type SearchHit = {
  message: Id
  conversation: Id
  seq: number
  ordinal: number
  root: Id | null
  sender: Id
  at: number
  /** Plain text, the words that matched between « and ». */
  snippet: string
}

type Page<T> = { items: T[]; next: string | null }
type Query<I, O> = { kind: 'query'; input: I; output: O }
type Mutation<I, O> = { kind: 'mutation'; input: I; output: O }

/** The procedures that this client calls. Times in Unix milliseconds. */
export type Procedures = {
  'organisation.setupState': Query<Record<string, never>, { needed: boolean; organisation: string | null }>
  'account.invitation': Query<
    { token: string },
    { email: string; name: string; organisation: string; expiresAt: number; minimumLength: number }
  >
  'people.me': Query<Record<string, never>, Me>
  'people.search': Query<{ text: string; limit?: number }, PersonCard[]>
  'people.byIds': Mutation<{ ids: Id[] }, PersonCard[]>
  'people.updateProfile': Mutation<{ name?: string; title?: string }, unknown>
  'session.listMine': Query<Record<string, never>, SessionView[]>
  'session.revokeMine': Mutation<{ session: Id }, unknown>
  'session.revokeMyOthers': Mutation<Record<string, never>, { ended: Id[] }>
  'session.connect': Query<Record<string, never>, { ticket: string; addresses: string[] }>
  'conversations.create': Mutation<
    { kind: ConversationKind; name?: string; topic?: string; people?: Id[] },
    { id: Id }
  >
  'conversations.browse': Query<{ query?: string; cursor?: string }, Page<BrowsedChannel>>
  'conversations.join': Mutation<{ conversation: Id }, unknown>
  'conversations.leave': Mutation<{ conversation: Id }, unknown>
  'conversations.invite': Mutation<{ conversation: Id; people: Id[] }, unknown>
  'conversations.remove': Mutation<{ conversation: Id; person: Id }, unknown>
  'conversations.members': Query<
    { conversation: Id; cursor?: string },
    Page<{ person: Id; role: 'owner' | 'member' }>
  >
  'conversations.change': Mutation<
    { conversation: Id; name?: string; topic?: string; purpose?: string },
    unknown
  >
  'conversations.archive': Mutation<{ conversation: Id; archived: boolean }, unknown>
  'conversations.openDirect': Mutation<{ people: Id[] }, { id: Id }>
  'conversations.setMine': Mutation<{ conversation: Id; muted?: boolean; favourite?: boolean }, unknown>
  'messages.search': Query<{ query: string; conversation?: Id; cursor?: string }, Page<SearchHit>>
}

type PathsOf<Kind> = {
  [Path in keyof Procedures]: Procedures[Path]['kind'] extends Kind ? Path : never
}[keyof Procedures]
export type QueryPath = PathsOf<'query'>
export type MutationPath = PathsOf<'mutation'>
