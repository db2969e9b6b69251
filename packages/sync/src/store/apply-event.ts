import type { ConversationEvent, Id } from '@parley/protocol'
import { dropGone } from './drop-gone.ts'
import { evict } from './evict.ts'
import type { Held } from './held.ts'
import { affect } from './membership.ts'
import { putEvent, remember } from './messages.ts'
import { noteStranger, type Store } from './store.ts'
import { followReply } from './threads.ts'
import { touchFollowed, touchSummary, touchThread, touchTimeline } from './touch.ts'

type Event<T extends ConversationEvent['type']> = Extract<ConversationEvent, { type: T }>

/**
 * Applies the live events of one conversation in the order of their versions: the next one is applied, one that is
 * known is ignored, and one that is further ahead proves a loss, so that the difference is asked for.
 */
export function applyEvents(store: Store, id: Id, events: ConversationEvent[]): void {
  const held = store.conversations.get(id)
  if (!held) {
    for (const event of events) noteStranger(store, id, event.version)
    return
  }
  for (const event of events) {
    if (event.version > held.seen) held.seen = event.version
    if (held.sync === 'wanted' || event.version <= held.conversation.version) continue
    if (event.version > held.conversation.version + 1) store.hooks.want(held)
    else applyEvent(store, held, event)
  }
}

function applyEvent(store: Store, held: Held, event: ConversationEvent): void {
  held.conversation.version = event.version
  const exact = affect(held, event, store.me!)
  // a server that is newer may say what this client does not know: what it did to the conversation is asked for
  const effect: ((store: Store, held: Held, event: never) => void) | undefined = EFFECTS[event.type]
  if (effect) effect(store, held, event as never)
  else refresh(store, held)
  const { copy } = held
  if (copy) {
    const before = copy.byId.size
    const changed = putEvent(copy, event)
    store.count += copy.byId.size - before
    remember(copy, event)
    if (copy.complete === event.version - 1) copy.complete = event.version
    if (changed) touchMessages(store, held, event)
    evict(store)
  }
  touchSummary(store, held)
  if (!exact) refresh(store, held)
  store.hooks.reached(held)
  store.hooks.onEvent?.(held.id, event)
}

export function refresh(store: Store, held: Held): void {
  held.refresh = true
  store.hooks.want(held)
}

const EFFECTS = {
  'message.created'(store, held, { message, thread }) {
    const c = held.conversation
    c.seq = message.seq
    if (message.at > c.lastAt) c.lastAt = message.at
    if (message.root === null) {
      c.roots = message.ordinal
      touchTimeline(store, held)
    } else if (thread && followReply(held, message, thread, store.me!))
      touchFollowed(store, held, message.root)
    if (message.sender === store.me) store.hooks.arrived(message)
    else store.hooks.posted(message)
  },
  'message.changed'() {},
  'members.changed'(store, held, { memberCount }) {
    held.conversation.memberCount = memberCount
    // Which of a group's participants remain, and in which order, is not told.
    if (held.conversation.people.length > 0) refresh(store, held)
  },
  'conversation.changed'(_store, held, { changes }) {
    Object.assign(held.conversation, changes)
  },
  'floor.moved'(store, held, { floor }) {
    held.conversation.floor = floor
    if (!dropGone(store, held)) refresh(store, held)
  },
} satisfies { [T in ConversationEvent['type']]: (store: Store, held: Held, event: Event<T>) => void }

function touchMessages(store: Store, held: Held, event: ConversationEvent): void {
  if (event.type !== 'message.created' && event.type !== 'message.changed') return
  const { root, id } = event.message
  touchTimeline(store, held)
  touchThread(store, held, root ?? id)
}
