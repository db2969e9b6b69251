import type { Id } from '@parley/protocol'

/** What can be subscribed to. */
export const topics = {
  connection: 'connection',
  /** The list: its order, counts, names. */
  conversations: 'conversations',
  followedThreads: 'followed-threads',
  chosenPresence: 'chosen-presence',
  conversation: (conversation: Id) => `conversation/${conversation}` as const,
  timeline: (conversation: Id) => `timeline/${conversation}` as const,
  thread: (conversation: Id, root: Id) => `thread/${conversation}/${root}` as const,
  /** Listening to these two is looking: the server tells of nobody else. */
  presence: (person: Id) => `presence/${person}` as const,
  online: (conversation: Id) => `online/${conversation}` as const,
  typing: (conversation: Id) => `typing/${conversation}` as const,
}
type Made = { [K in keyof typeof topics]: (typeof topics)[K] }
export type Topic = {
  [K in keyof Made]: Made[K] extends (...ids: never[]) => infer T ? T : Made[K]
}[keyof Made]

export type Listener = () => void

export type Notifier = {
  /** Calls `listener` after the topic's snapshot may have changed. The answer ends it. */
  subscribe(topic: Topic, listener: Listener): () => void
  touch(topic: Topic): void
  has(topic: Topic): boolean
  /** Nobody listens to anything: the load generator's case, in which nothing need be told. */
  idle(): boolean
}

/** Tells listeners once per turn, however much has changed in it. */
export function notifier(): Notifier {
  const listeners = new Map<Topic, Set<Listener>>()
  let touched = new Set<Topic>()

  function tell(): void {
    const topics = touched
    touched = new Set()
    for (const topic of topics) for (const listener of [...(listeners.get(topic) ?? [])]) listener()
  }

  return {
    subscribe(topic, listener) {
      const own = () => listener()
      const all = listeners.get(topic) ?? new Set()
      listeners.set(topic, all.add(own))
      return () => {
        all.delete(own)
        if (all.size === 0 && listeners.get(topic) === all) listeners.delete(topic)
      }
    },
    touch(topic) {
      if (!listeners.has(topic)) return
      if (touched.size === 0) queueMicrotask(tell)
      touched.add(topic)
    },
    has: (topic) => listeners.has(topic),
    idle: () => listeners.size === 0,
  }
}
