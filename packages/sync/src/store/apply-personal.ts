import type { PersonalEvent } from '@parley/protocol'
import { refresh } from './apply-event.ts'
import { takeMembership } from './membership.ts'
import { admit, forget, type Store, takeChosen } from './store.ts'
import { takeSummary } from './take-summary.ts'
import { takeThread } from './take-thread.ts'
import { touchSummary, touchTimeline } from './touch.ts'

type Event<T extends PersonalEvent['type']> = Extract<PersonalEvent, { type: T }>

/** As for conversations: in order, each once, and a gap is asked for. */
export function applyPersonal(store: Store, events: PersonalEvent[]): void {
  for (const event of events) {
    if (event.version > store.personSeen) store.personSeen = event.version
    if (event.version <= store.person) continue
    if (event.version > store.person + 1) {
      store.hooks.wantAll()
      return
    }
    store.person = event.version
    // a server that is newer may say what this client does not know, and has no place for
    const effect: ((store: Store, event: never) => void) | undefined = EFFECTS[event.type]
    effect?.(store, event as never)
  }
}

const EFFECTS = {
  'membership.added'(store, { version, conversation, membership }) {
    const known = store.conversations.get(conversation.id)
    if (known) takeSummary(store, known, conversation, membership, version)
    const held = known ?? admit(store, conversation, membership, version)
    // Who comes back still follows the threads of before.
    if (conversation.seq > 0) refresh(store, held)
  },
  'membership.removed'(store, { conversation }) {
    forget(store, conversation)
  },
  'membership.changed'(store, { version, conversation, membership, at }) {
    const held = store.conversations.get(conversation)
    if (!held || version <= held.personAt) return
    held.personAt = version
    if (!takeMembership(held, membership, at)) refresh(store, held)
    touchSummary(store, held)
    touchTimeline(store, held)
  },
  'presence.chosen'(store, { chosen }) {
    takeChosen(store, chosen)
  },
  'thread.changed'(store, { thread }) {
    const held = store.conversations.get(thread.conversation)
    if (held) takeThread(store, held, thread)
  },
} satisfies { [T in PersonalEvent['type']]: (store: Store, event: Event<T>) => void }
