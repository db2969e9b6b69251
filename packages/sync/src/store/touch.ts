import type { Id } from '@parley/protocol'
import { topics } from '../views/topics.ts'
import type { Held } from './held.ts'
import type { Store } from './store.ts'

/** Forgets the views made of what has changed, and tells who listens. */

export function touchSummary({ views, notifier }: Store, held: Held): void {
  held.views.conversation = undefined
  views.list = undefined
  if (notifier.idle()) return
  notifier.touch(topics.conversations)
  notifier.touch(topics.conversation(held.id))
}

export function touchTimeline({ notifier }: Store, held: Held): void {
  held.revision++
  held.views.timeline = undefined
  if (!notifier.idle()) notifier.touch(topics.timeline(held.id))
}

export function touchThread({ notifier }: Store, held: Held, root: Id): void {
  held.revision++
  if (!held.views.threads.delete(root) && notifier.idle()) return
  notifier.touch(topics.thread(held.id, root))
}

/** After changes of which it is not worth telling which threads they were. */
export function touchThreads(store: Store, held: Held): void {
  for (const root of [...held.views.threads.keys()]) touchThread(store, held, root)
}

export function touchFollowed(store: Store, held: Held, root?: Id): void {
  store.views.followed = undefined
  store.notifier.touch(topics.followedThreads)
  if (root === undefined) touchThreads(store, held)
  else touchThread(store, held, root)
}
