'use client'
import type { ChosenPresence, FollowedThread, Id, PersonPresence } from '@parley/protocol'
import type {
  ConnectionState,
  ConversationView,
  Sync,
  ThreadView,
  TimelineView,
  Topic,
  Typing,
} from '@parley/sync'
import { createContext, use, useCallback, useSyncExternalStore } from 'react'
import type { Me } from '../api/procedures.ts'

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

export const useConnection = (): ConnectionState => useTopic('connection', (sync) => sync.connection())
export const useConversations = (): readonly ConversationView[] =>
  useTopic('conversations', (sync) => sync.conversations())
export const useConversation = (id: Id): ConversationView | undefined =>
  useTopic(`conversation/${id}`, (sync) => sync.conversation(id))
export const useTimeline = (id: Id): TimelineView => useTopic(`timeline/${id}`, (sync) => sync.timeline(id))
export const useThread = (id: Id, root: Id): ThreadView =>
  useTopic(`thread/${id}/${root}`, (sync) => sync.thread(id, root))
export const useTyping = (id: Id): readonly Typing[] => useTopic(`typing/${id}`, (sync) => sync.typingIn(id))
/** What I have chosen, undefined until it is known; `chosenAt` says what of it holds by now. */
export const useChosenPresence = (): ChosenPresence | undefined =>
  useTopic('chosen-presence', (sync) => sync.chosenPresence())
/** How somebody is, told as it changes; undefined until it is known, and for whom one may not see. */
export const usePresence = (person: Id): PersonPresence | undefined =>
  useTopic(`presence/${person}`, (sync) => sync.presenceOf(person))
/** How many members are online; undefined until it is known. */
export const useOnline = (id: Id): number | undefined => useTopic(`online/${id}`, (sync) => sync.onlineIn(id))
export const useFollowedThreads = (): readonly FollowedThread[] =>
  useTopic('followed-threads', (sync) => sync.followedThreads())

/** Whether the list is the whole list: something is held, or the server has said that there is nothing. */
export function useReady(): boolean {
  const live = useConnection().state === 'live'
  return useConversations().length > 0 || live
}
