import type {
  ChosenPresence,
  Conversation,
  ConversationEvent,
  FollowedThread,
  Id,
  Membership,
  Message,
} from '@parley/protocol'
import { BOUNDS } from '../bounds.ts'
import type { ConversationView } from '../views/shapes.ts'
import { type Notifier, topics } from '../views/topics.ts'
import { type Held, newCopy, newHeld } from './held.ts'
import { touchFollowed, touchSummary, touchTimeline } from './touch.ts'

/** What the store tells the rest of the engine. */
export type StoreHooks = {
  /** Something of this conversation is missing. */
  want(held: Held): void
  /** Something of the person's own state is missing. */
  wantAll(): void
  /** An own message is there: the outbox has nothing left to do for it. */
  arrived(message: Message): void
  /** Someone posted a message just now. */
  posted(message: Message): void
  /** More of it is here: see `heldUpTo`. */
  reached(held: Held): void
  onEvent?: ((conversation: Id, event: ConversationEvent) => void) | undefined
  onChanges?: ((conversation: Id, messages: Message[], reset: boolean) => void) | undefined
}

/** Everything known of one person's conversations. Mutable and private to the engine. */
export type Store = {
  me: Id | null
  /** The personal version held, and the highest heard of. */
  person: number
  personSeen: number
  /** What this person has chosen of their presence; undefined until the first whole answer. */
  chosen: ChosenPresence | undefined
  conversations: Map<Id, Held>
  /** Versions of conversations that events told of before the membership came. */
  strangers: Map<Id, number>
  /** Messages held over all conversations. */
  count: number
  /** Whether messages are held of conversations that nobody opened. */
  holdAll: boolean
  notifier: Notifier
  hooks: StoreHooks
  views: { list?: readonly ConversationView[]; followed?: readonly FollowedThread[] }
}

export const newStore = (notifier: Notifier, hooks: StoreHooks, holdAll: boolean): Store => ({
  me: null,
  person: 0,
  personSeen: 0,
  chosen: undefined,
  conversations: new Map(),
  strangers: new Map(),
  count: 0,
  holdAll,
  notifier,
  hooks,
  views: {},
})

/** The person whom this is the state of. Nothing of another account may stay. */
export function meet(store: Store, me: Id): void {
  if (store.me === me) return
  for (const id of [...store.conversations.keys()]) forget(store, id)
  store.strangers.clear()
  store.me = me
  store.person = 0
  store.personSeen = 0
  takeChosen(store, undefined)
}

export function takeChosen(store: Store, chosen: ChosenPresence | undefined): void {
  store.chosen = chosen
  store.notifier.touch(topics.chosenPresence)
}

export function admit(
  store: Store,
  conversation: Conversation,
  membership: Membership,
  personAt: number,
): Held {
  const held = newHeld(conversation, membership, personAt)
  if (store.holdAll) held.copy = newCopy(conversation.version)
  store.conversations.set(held.id, held)
  const heardOf = store.strangers.get(held.id) ?? 0
  store.strangers.delete(held.id)
  if (heardOf > conversation.version) {
    held.seen = heardOf
    store.hooks.want(held)
  }
  touchSummary(store, held)
  touchTimeline(store, held)
  return held
}

export function forget(store: Store, id: Id): void {
  const held = store.conversations.get(id)
  if (!held) return
  store.conversations.delete(id)
  store.count -= held.copy?.byId.size ?? 0
  if (held.followed.size > 0) touchFollowed(store, held)
  touchSummary(store, held)
  touchTimeline(store, held)
}

/** Remembers how far a conversation went that this person is, as far as is known here, not in. */
export function noteStranger(store: Store, id: Id, version: number): void {
  const { strangers } = store
  if ((strangers.get(id) ?? 0) >= version) return
  if (strangers.size >= BOUNDS.strangers && !strangers.has(id))
    strangers.delete(strangers.keys().next().value!)
  strangers.set(id, version)
}
