'use client'
import type { FileCard, Id } from '@parley/protocol'
import { LIMITS } from '@parley/protocol/limits'
import { toast } from '@parley/ui'
import { useCallback, useSyncExternalStore } from 'react'
import { act } from '../api/client.ts'
import { putBytes } from './put-bytes.ts'
import { createUploads, type Upload } from './uploads.ts'

/** The files of all composers of this page. */
const uploads = createUploads({
  begin: (conversation, { name, size, type }) =>
    act('files.begin', { conversation, name: name || 'file', size, type }),
  put: putBytes,
  complete: (file) => act('files.complete', { file }),
  discard: async (file) => void (await act('files.discard', { file })),
})

const none: readonly Upload[] = []

export type ComposerFiles = {
  list: readonly Upload[]
  /** Everything in the composer is there; false for an empty one. */
  ready: boolean
  /** Of what is there. */
  ids: Id[]
  /** The same function for as long as the composer is. */
  add(contents: readonly File[]): void
  retry(id: string): void
  remove(id: string): void
  /** They are sent: the composer is empty again. */
  clear(): void
}

/** The files of one composer. */
export function useUploads(key: string, conversation: Id): ComposerFiles {
  const read = () => uploads.list(key)
  const list = useSyncExternalStore(uploads.subscribe, read, () => none)
  const cards = list.flatMap(({ state }) => (state.at === 'ready' ? [state.card] : []))
  const add = useCallback(
    (contents: readonly File[]) => {
      const left = uploads.add(key, conversation, contents)
      if (left > 0)
        toast({
          title: `A message takes at most ${LIMITS.filesPerMessage} files.`,
          detail: `${left} ${left === 1 ? 'was' : 'were'} left out. Send them with the next message.`,
        })
    },
    [key, conversation],
  )
  return {
    list,
    ready: list.length > 0 && cards.length === list.length,
    ids: cards.map((card) => card.id),
    add,
    retry: (id) => uploads.retry(key, id),
    remove: (id) => uploads.remove(key, id),
    clear() {
      for (const card of cards) remember(card)
      uploads.clear(key)
    },
  }
}

/** Cards of files that were just sent, for the message that is still on its way. */
const sent = new Map<Id, FileCard>()
const SENT_KEPT = 200

function remember(card: FileCard): void {
  sent.set(card.id, card)
  for (const id of sent.keys()) {
    if (sent.size <= SENT_KEPT) return
    sent.delete(id)
  }
}
export const sentCards = (files: readonly Id[]): FileCard[] => files.flatMap((file) => sent.get(file) ?? [])
