import type { FollowedThread, Id, Message, ServerFrame, SyncedChanges } from '@parley/protocol'
import { evict } from './evict.ts'
import type { Copy, Held } from './held.ts'
import { dropMessages, putMessage, putPage } from './messages.ts'
import { admit, forget, type Store, takeChosen } from './store.ts'
import { takeSummary } from './take-summary.ts'
import { takeThread } from './take-thread.ts'
import { mergeThread } from './threads.ts'
import { touchFollowed, touchThreads, touchTimeline } from './touch.ts'

export type Synced = Extract<ServerFrame, { t: 'synced' }>

/** One frame of a sync answer. Its threads are kept until the answer is whole: see `takeThreads`. */
export function applySynced(store: Store, frame: Synced): void {
  for (const { conversation, membership } of frame.conversations) {
    const held = store.conversations.get(conversation.id)
    if (held) takeSummary(store, held, conversation, membership, frame.person)
    else admit(store, conversation, membership, frame.person)
  }
  for (const id of frame.removed) forget(store, id)
  if (frame.chosen) takeChosen(store, frame.chosen)
  for (const changes of frame.changes) takeChanges(store, changes)
}

function takeChanges(store: Store, { conversation, version, reset, messages }: SyncedChanges): void {
  const held = store.conversations.get(conversation)
  const copy = held?.copy
  if (!held || !copy) return
  counted(store, copy, () => {
    if (reset) {
      dropMessages(copy)
      held.epoch++
    }
    for (const message of messages) if (aboveFloor(held, message)) putMessage(copy, message)
  })
  if (version > copy.complete) copy.complete = version
  for (const message of messages) if (message.sender === store.me) store.hooks.arrived(message)
  store.hooks.reached(held)
  touchTimeline(store, held)
  touchThreads(store, held)
  store.hooks.onChanges?.(held.id, messages, reset)
  evict(store)
}

/** A page of history or of a thread, read when the conversation stood at `version`. */
export function applyPage(store: Store, held: Held, version: number, messages: Message[]): void {
  const { copy } = held
  if (!copy) return
  const rows = messages.filter((message) => aboveFloor(held, message))
  counted(store, copy, () => putPage(copy, version, rows, held.conversation.version))
  for (const message of messages) if (message.sender === store.me) store.hooks.arrived(message)
  if (copy.staleFrom !== null) store.hooks.want(held)
  touchTimeline(store, held)
  touchThreads(store, held)
  evict(store)
}

/**
 * Threads of an answer that is whole: of a conversation that it answered they are all there are, so that one that
 * is gone is dropped; others had their read position moved.
 */
export function takeThreads(store: Store, answered: Set<Id>, threads: FollowedThread[]): void {
  for (const id of answered) {
    const held = store.conversations.get(id)
    if (!held || held.followed.size === 0) continue
    held.followed.clear()
    touchFollowed(store, held)
  }
  for (const thread of threads) {
    const held = store.conversations.get(thread.conversation)
    if (!held) continue
    if (!answered.has(held.id)) takeThread(store, held, thread)
    else {
      mergeThread(held, thread)
      touchFollowed(store, held, thread.root)
    }
  }
}

const aboveFloor = (held: Held, m: Message): boolean => m.root !== null || m.ordinal > held.conversation.floor

function counted(store: Store, copy: Copy, work: () => void): void {
  const before = copy.byId.size
  work()
  store.count += copy.byId.size - before
}
