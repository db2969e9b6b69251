import type { Id } from '@parley/protocol'

const store = 'outbox'
const key = 'entries'

const done = <Result>(request: IDBRequest<Result>): Promise<Result> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

function open(person: Id): Promise<IDBDatabase> {
  const request = indexedDB.open(`parley-${person}`, 1)
  request.onupgradeneeded = () => request.result.createObjectStore(store)
  return done(request)
}

/** Keeps what was written and not yet accepted, over reloads and crashes, in IndexedDB. */
export function outboxOf<Entry>(person: Id) {
  const database = open(person)
  return {
    async load(): Promise<Entry[]> {
      const kept = (await database).transaction(store).objectStore(store).get(key)
      return ((await done(kept)) as Entry[] | undefined) ?? []
    },
    async save(entries: Entry[]): Promise<void> {
      await done((await database).transaction(store, 'readwrite').objectStore(store).put(entries, key))
    },
  }
}

/** At sign-out: the next person at this device finds nothing of the last one. */
export async function forgetOutbox(person: Id): Promise<void> {
  const database = await open(person)
  await done(database.transaction(store, 'readwrite').objectStore(store).clear())
  database.close()
}
