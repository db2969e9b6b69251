import { BOUNDS } from '../bounds.ts'
import { topics } from '../views/topics.ts'
import type { Held } from './held.ts'
import { dropMessages, dropOutside } from './messages.ts'
import type { Store } from './store.ts'
import { touchThreads, touchTimeline } from './touch.ts'

/**
 * Keeps the messages held within their bound: first those of conversations that nobody looks at go, least recently
 * used first, and if one alone is past it, what is far from where somebody last looked. Down to three quarters, so
 * that it is not done for every message.
 */
export function evict(store: Store): void {
  if (store.count <= BOUNDS.messages) return
  const enough = BOUNDS.messages * 0.75
  const held = [...store.conversations.values()].filter((h) => h.copy && h.copy.byId.size > 0)
  held.sort((a, b) => Number(inUse(store, a)) - Number(inUse(store, b)) || a.usedAt - b.usedAt)
  for (const one of held.slice(0, -1)) {
    if (store.count <= enough) return
    if (!inUse(store, one)) drop(store, one, () => close(store, one))
  }
  for (const one of held) {
    if (store.count <= enough) return
    drop(store, one, () => narrow(one))
  }
}

const inUse = (store: Store, held: Held): boolean => store.notifier.has(topics.timeline(held.id))

function drop(store: Store, held: Held, by: () => void): void {
  const before = held.copy!.byId.size
  by()
  store.count -= before - (held.copy?.byId.size ?? 0)
  held.epoch++
  touchTimeline(store, held)
  touchThreads(store, held)
}

function close(store: Store, held: Held): void {
  dropMessages(held.copy!)
  held.copy!.complete = held.conversation.version
  if (!store.holdAll) held.copy = null
}

/** Half of the bound at most, around the window. */
function narrow(held: Held): void {
  const copy = held.copy!
  const { from, to } =
    copy.window.to > 0 ? copy.window : { from: held.conversation.roots, to: held.conversation.roots }
  dropOutside(copy, from - BOUNDS.window, to + BOUNDS.window)
  if (copy.byId.size > BOUNDS.messages / 2) dropMessages(copy)
}
