'use client'
import type { Id } from '@parley/protocol'
import { createContext, use, useEffect, useSyncExternalStore } from 'react'
import type { PersonCard } from '../api/procedures.ts'

/** As many as the server gives at once. */
const batch = 500
/** Names asked for while a screen is being drawn leave in one request. */
const gatherMs = 10
/** After a failure the same names are asked for again. */
const againMs = 5_000

export type PeopleStore = {
  get: (id: Id) => PersonCard | undefined
  want: (ids: readonly Id[]) => void
  learn: (cards: readonly PersonCard[]) => void
  subscribe: (listener: () => void) => () => void
  revision: () => number
}

/** The people seen so far, fetched by id as they come into view. */
export function peopleStore(fetchCards: (ids: Id[]) => Promise<PersonCard[]>): PeopleStore {
  const cards = new Map<Id, PersonCard>()
  const asked = new Set<Id>()
  const waiting = new Set<Id>()
  const listeners = new Set<() => void>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let revision = 0

  const learn = (learnt: readonly PersonCard[]) => {
    for (const card of learnt) {
      cards.set(card.id, card)
      asked.add(card.id)
    }
    revision += 1
    for (const listener of listeners) listener()
  }
  const fetchIn = (ms: number) => {
    if (timer === undefined) timer = setTimeout(fetchWaiting, ms)
  }
  const fetchWaiting = () => {
    timer = undefined
    const ids = [...waiting].slice(0, batch)
    for (const id of ids) waiting.delete(id)
    fetchCards(ids)
      .then(learn)
      .catch(() => {
        // Shown as unnamed until then; every view has its own word for being offline.
        for (const id of ids) waiting.add(id)
        fetchIn(againMs)
      })
    if (waiting.size > 0) fetchIn(gatherMs)
  }
  return {
    get: (id) => cards.get(id),
    want(ids) {
      for (const id of ids) {
        if (asked.has(id)) continue
        asked.add(id)
        waiting.add(id)
      }
      if (waiting.size > 0) fetchIn(gatherMs)
    },
    learn,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    revision: () => revision,
  }
}

export const PeopleContext = createContext<PeopleStore | null>(null)

export function usePeopleStore(): PeopleStore {
  const store = use(PeopleContext)
  if (!store) throw new Error('This part of the page stands outside SessionProvider.')
  return store
}

/** A person's card; undefined until it has come. */
export function usePerson(id: Id): PersonCard | undefined {
  const store = usePeopleStore()
  useEffect(() => store.want([id]), [store, id])
  const read = () => store.get(id)
  return useSyncExternalStore(store.subscribe, read, read)
}

/** A way to name people, which changes when more become known. */
export function useNames(ids: readonly Id[]): (id: Id) => string {
  const store = usePeopleStore()
  useSyncExternalStore(store.subscribe, store.revision, store.revision)
  const key = ids.join()
  useEffect(() => store.want(key ? key.split(',') : []), [store, key])
  return (id) => store.get(id)?.name ?? unnamed
}

export const unnamed = '…'
