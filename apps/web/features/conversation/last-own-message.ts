import type { Id, Message } from '@parley/protocol'
import type { ThreadView, TimelineView } from '@parley/sync'

/** Further back than this nobody edits from the keyboard. */
const farthest = 200

/** The newest message of mine that can still be edited, among those that are here. */
export function lastOwnMessage(list: TimelineView | ThreadView, me: Id): Message | undefined {
  const last = 'roots' in list ? list.roots : list.replies
  for (let ordinal = last; ordinal > Math.max(0, last - farthest); ordinal--) {
    const message = list.get(ordinal)
    if (message?.sender === me && !message.gone) return message
  }
  return undefined
}
