import type { FollowedThread, Id } from '@parley/protocol'
import { badgeOf, unreadOf } from '@parley/protocol/model'
import { BOUNDS } from '../bounds.ts'
import type { Outbox } from '../outbox/outbox.ts'
import { membershipOf, repliesRead } from '../reading/local.ts'
import type { Held } from '../store/held.ts'
import type { Store } from '../store/store.ts'
import type { ConversationView, ThreadView, TimelineView } from './shapes.ts'

export type Views = {
  conversations(): readonly ConversationView[]
  conversation(id: Id): ConversationView | undefined
  timeline(id: Id): TimelineView
  thread(id: Id, root: Id): ThreadView
  followedThreads(): readonly FollowedThread[]
}

/** Makes snapshots of the store when they are asked for, and keeps each until what it was made of changes. */
export function views(store: Store, pending: Outbox['pending']): Views {
  function conversationOf(held: Held): ConversationView {
    held.views.conversation ??= conversationView(held)
    return held.views.conversation
  }

  function timelineOf(held: Held): TimelineView {
    held.views.timeline ??= timelineView(held, pending(held.id, null))
    return held.views.timeline
  }

  function threadOf(held: Held, root: Id): ThreadView {
    const { threads } = held.views
    let view = threads.get(root)
    if (!view) {
      if (threads.size >= BOUNDS.threadViews) threads.clear()
      view = threadView(held, root, pending(held.id, root))
      threads.set(root, view)
    }
    return view
  }

  return {
    conversations() {
      store.views.list ??= [...store.conversations.values()]
        .map(conversationOf)
        .sort((a, b) => b.conversation.lastAt - a.conversation.lastAt)
      return store.views.list
    },
    conversation(id) {
      const held = store.conversations.get(id)
      return held && conversationOf(held)
    },
    timeline(id) {
      const held = store.conversations.get(id)
      return held ? timelineOf(held) : NO_TIMELINE
    },
    thread(id, root) {
      const held = store.conversations.get(id)
      return held ? threadOf(held, root) : NO_THREAD
    },
    followedThreads() {
      store.views.followed ??= [...store.conversations.values()]
        .flatMap((held) => [...held.followed.values()].map((thread) => followedView(held, thread)))
        .sort((a, b) => b.lastAt - a.lastAt)
      return store.views.followed
    },
  }
}

function conversationView(held: Held): ConversationView {
  const conversation = { ...held.conversation }
  const { mentionSeqs, ...rest } = membershipOf(held)
  const membership = { ...rest, mentionSeqs: [...mentionSeqs] }
  return {
    conversation,
    membership,
    unread: unreadOf(conversation, membership),
    badge: badgeOf(conversation, membership),
  }
}

function timelineView(held: Held, pending: TimelineView['pending']): TimelineView {
  const { roots, floor } = held.conversation
  const next = Math.max(membershipOf(held).readOrdinal, floor) + 1
  return {
    roots,
    floor,
    get: (ordinal) => held.copy?.roots.get(ordinal),
    pending,
    firstUnreadOrdinal: next <= roots ? next : null,
    revision: held.revision,
    epoch: held.epoch,
  }
}

function threadView(held: Held, rootId: Id, pending: ThreadView['pending']): ThreadView {
  const root = held.copy?.byId.get(rootId)
  const followed = held.followed.get(rootId)
  return {
    root,
    replies: Math.max(root?.thread?.replies ?? 0, followed?.replies ?? 0),
    get: (ordinal) => held.copy?.threads.get(rootId)?.get(ordinal),
    pending,
    followed: followed && followedView(held, followed),
    revision: held.revision,
    epoch: held.epoch,
  }
}

function followedView(held: Held, thread: FollowedThread): FollowedThread {
  return { ...thread, read: repliesRead(held, thread.root, thread.read) }
}

const nothing = () => undefined
/** What is shown of a conversation that is not, or not yet, one of this person's. */
const NO_TIMELINE: TimelineView = {
  roots: 0,
  floor: 0,
  get: nothing,
  pending: [],
  firstUnreadOrdinal: null,
  revision: 0,
  epoch: 0,
}
const NO_THREAD: ThreadView = {
  root: undefined,
  replies: 0,
  get: nothing,
  pending: [],
  followed: undefined,
  revision: 0,
  epoch: 0,
}
