'use client'
import type { FollowedThread, Id } from '@parley/protocol'
import { createContext, use, useCallback, useSyncExternalStore } from 'react'
import type { Me } from '../api/procedures.ts'
import type { Connection, Mine, Sync, Thread, Timeline, Topic } from './sync-port.ts'

export type Session = { me: Me; sync: Sync; signOut: () => Promise<void> }
export const SessionContext = createContext<Session | null>(null)

export function useSession(): Session {
  const session = use(SessionContext)
  if (!session) throw new Error('This part of the page stands outside SessionProvider.')
  return session
}
export const useMe = () => useSession().me
export const useSync = () => useSession().sync

/** Redraws when the topic changes. `read` gives the same value until then. */
function useTopic<Value>(topic: Topic, read: (sync: Sync) => Value): Value {
  const sync = useSync()
  const subscribe = useCallback((listener: () => void) => sync.subscribe(topic, listener), [sync, topic])
  const value = () => read(sync)
  return useSyncExternalStore(subscribe, value, value)
}

export const useReady = (): boolean => useTopic('conversations', (sync) => sync.ready())
export const useConversations = (): readonly Mine[] =>
  useTopic('conversations', (sync) => sync.conversations())
export const useConversation = (id: Id): Mine | undefined =>
  useTopic(`conversation:${id}`, (sync) => sync.conversation(id))
export const useTimeline = (id: Id): Timeline => useTopic(`timeline:${id}`, (sync) => sync.timeline(id))
export const useThread = (id: Id, root: Id): Thread =>
  useTopic(`thread:${id}:${root}`, (sync) => sync.thread(id, root))
export const useConnection = (): Connection => useTopic('connection', (sync) => sync.connection())
export const useTyping = (id: Id, root?: Id): readonly Id[] =>
  useTopic(`typing:${id}`, (sync) => sync.typing(id, root))
export const useFollowedThreads = (): readonly FollowedThread[] =>
  useTopic('threads', (sync) => sync.followedThreads())
