'use client'
import type { Id } from '@parley/protocol'
import { useSyncExternalStore } from 'react'

/** Text as it is shown, with the people chosen for the names in it. */
export type Draft = { text: string; people: [name: string, id: Id][] }

const prefix = 'parley:draft:'
export const draftKey = (conversation: Id, root?: Id) => (root ? `${conversation}:${root}` : conversation)

const listeners = new Set<() => void>()
const tell = () => {
  for (const listener of listeners) listener()
}

const isDraft = (value: unknown): value is Draft =>
  typeof value === 'object' && value !== null && 'text' in value && 'people' in value

export function readDraft(key: string): Draft | null {
  const kept = localStorage.getItem(prefix + key)
  if (!kept) return null
  const draft: unknown = JSON.parse(kept)
  return isDraft(draft) ? draft : null
}

/** Kept on this device until it is sent; an empty one is none. */
export function keepDraft(key: string, draft: Draft): void {
  const had = localStorage.getItem(prefix + key) !== null
  const has = draft.text.trim() !== ''
  if (has) localStorage.setItem(prefix + key, JSON.stringify(draft))
  else localStorage.removeItem(prefix + key)
  if (had !== has) tell()
}

/** What one person began to write is not for the next one at this device. */
export function forgetDrafts(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key)
  tell()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Whether something begun waits in this conversation. */
export function useHasDraft(conversation: Id): boolean {
  return useSyncExternalStore(
    subscribe,
    () => localStorage.getItem(prefix + conversation) !== null,
    () => false,
  )
}
