import type { FollowedThread } from '@parley/protocol'
import { refresh } from './apply-event.ts'
import type { Held } from './held.ts'
import type { Store } from './store.ts'
import { mergeThread } from './threads.ts'
import { touchFollowed } from './touch.ts'

/** Takes the state of one followed thread, which may have been read a while ago. */
export function takeThread(store: Store, held: Held, thread: FollowedThread): void {
  // Where a floor has moved, the thread of an old answer may be gone meanwhile: that must be asked.
  if (!held.followed.has(thread.root) && held.conversation.floor > 0) refresh(store, held)
  mergeThread(held, thread)
  touchFollowed(store, held, thread.root)
}
