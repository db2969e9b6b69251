import type { Held } from './held.ts'
import { dropBelow } from './messages.ts'
import type { Store } from './store.ts'
import { touchFollowed, touchThreads, touchTimeline } from './touch.ts'

/**
 * Drops what the floor has passed: roots, their threads, and the following of these.
 * @returns false when there are mentions or followed threads of which it cannot be told here whether they are gone
 */
export function dropGone(store: Store, held: Held): boolean {
  const { floor } = held.conversation
  const { copy } = held
  let exact = held.membership.mentionSeqs.length === 0
  for (const root of [...held.followed.keys()]) {
    const message = copy?.byId.get(root)
    if (!message) exact = false
    else if (message.ordinal <= floor) held.followed.delete(root)
  }
  if (copy) {
    const before = copy.byId.size
    dropBelow(copy, floor)
    store.count += copy.byId.size - before
  }
  touchTimeline(store, held)
  touchThreads(store, held)
  touchFollowed(store, held)
  return exact
}
