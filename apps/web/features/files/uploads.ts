import type { FileCard, Id } from '@parley/protocol'
import { LIMITS } from '@parley/protocol/limits'

export type UploadState =
  | { at: 'waiting' }
  /** `done`: the share of the bytes that has gone out, 0 to 1. */
  | { at: 'sending'; done: number }
  | { at: 'checking' }
  | { at: 'ready'; card: FileCard }
  | { at: 'failed'; says: string }

/** One file in a composer. A new object each time that its state changes. */
export type Upload = { readonly id: string; readonly content: File; readonly state: UploadState }

export type Begun = {
  file: Id
  upload: { url: string; headers: Record<string, string> }
  expires: number
}

/** How files get to the server. What it throws has a sentence in `message`. */
export type Transport = {
  begin(conversation: Id, content: File): Promise<Begun>
  /** Resolves when the store has the bytes, be it from an earlier attempt. */
  put(begun: Begun, content: File, onProgress: (done: number) => void, signal: AbortSignal): Promise<void>
  complete(file: Id): Promise<FileCard>
  discard(file: Id): Promise<void>
}

export type Uploads = {
  /** `key` names the composer. Answers how many did not fit beside the others. */
  add(key: string, conversation: Id, contents: readonly File[]): number
  /** The same array until something changes. */
  list(key: string): readonly Upload[]
  retry(key: string, id: string): void
  /** Stops it, and takes back what is there already. */
  remove(key: string, id: string): void
  /** They are sent: the composer is empty again. */
  clear(key: string): void
  subscribe(listener: () => void): () => void
}

/** At once, over all composers: more would only share the same line. */
const PARALLEL = 3

type Entry = {
  key: string
  conversation: Id
  upload: Upload
  begun: Begun | null
  /** Null while it waits. */
  working: AbortController | null
}

/** Files on their way. They outlive the composer: whoever looks into another conversation meanwhile loses nothing. */
export function createUploads(transport: Transport, now: () => number = Date.now): Uploads {
  const entries = new Map<string, Entry>()
  const lists = new Map<string, readonly Upload[]>()
  const listeners = new Set<() => void>()
  let count = 0
  /** Begun one after the other: a message shows its files in the order of their ids. */
  let beginning: Promise<unknown> = Promise.resolve()

  function changed(key: string): void {
    lists.delete(key)
    for (const listener of listeners) listener()
  }
  function become(entry: Entry, state: UploadState): void {
    if (!entries.has(entry.upload.id)) return
    entry.upload = { ...entry.upload, state }
    changed(entry.key)
  }

  function pump(): void {
    let working = 0
    for (const entry of entries.values()) if (entry.working) working++
    for (const entry of entries.values()) {
      if (working >= PARALLEL) return
      if (entry.working || entry.upload.state.at !== 'waiting') continue
      working++
      void work(entry)
    }
  }

  function begin({ conversation, upload }: Entry): Promise<Begun> {
    const begun = beginning.then(() => transport.begin(conversation, upload.content))
    beginning = begun.catch(() => {})
    return begun
  }

  async function work(entry: Entry): Promise<void> {
    const working = new AbortController()
    entry.working = working
    const { content } = entry.upload
    become(entry, { at: 'sending', done: 0 })
    try {
      if (!entry.begun || entry.begun.expires <= now()) entry.begun = await begin(entry)
      if (working.signal.aborted) return discard(entry)
      await transport.put(
        entry.begun,
        content,
        (done) => become(entry, { at: 'sending', done }),
        working.signal,
      )
      if (working.signal.aborted) return discard(entry)
      become(entry, { at: 'checking' })
      become(entry, { at: 'ready', card: await transport.complete(entry.begun.file) })
    } catch (error) {
      // Whatever it was stands on the file, with a way to try again.
      if (working.signal.aborted) discard(entry)
      else
        become(entry, { at: 'failed', says: error instanceof Error ? error.message : 'The upload failed.' })
    } finally {
      entry.working = null
      pump()
    }
  }

  /** What the server does not hear of now, it clears away by itself after a day. */
  function discard({ begun }: Entry): void {
    if (begun) void transport.discard(begun.file).catch(() => {})
  }

  return {
    add(key, conversation, contents) {
      const room = LIMITS.filesPerMessage - (this.list(key).length ?? 0)
      for (const content of contents.slice(0, Math.max(0, room))) {
        const id = `upload-${++count}`
        const upload: Upload = { id, content, state: { at: 'waiting' } }
        entries.set(id, { key, conversation, upload, begun: null, working: null })
      }
      changed(key)
      pump()
      return Math.max(0, contents.length - room)
    },
    list(key) {
      let list = lists.get(key)
      if (!list) {
        list = [...entries.values()].filter((entry) => entry.key === key).map((entry) => entry.upload)
        lists.set(key, list)
      }
      return list
    },
    retry(key, id) {
      const entry = entries.get(id)
      if (entry?.key !== key || entry.upload.state.at !== 'failed') return
      become(entry, { at: 'waiting' })
      pump()
    },
    remove(key, id) {
      const entry = entries.get(id)
      if (entry?.key !== key) return
      entries.delete(id)
      if (entry.working) entry.working.abort()
      else discard(entry)
      changed(key)
    },
    clear(key) {
      for (const [id, entry] of entries) if (entry.key === key) entries.delete(id)
      changed(key)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
