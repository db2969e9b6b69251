import type { Id } from '@parley/protocol'
import type { OutboxEntry, OutboxStorage } from '@parley/sync'

/**
 * What was written and not yet accepted, over reloads and crashes, in IndexedDB: a record for each message under its
 * client id. Several tabs of one person share the store, and each message has one tab that sends it, its keeper. A tab
 * holds a lock for as long as it lives; what belongs to one that is gone is taken over by whichever looks first. Where
 * there are no locks (a page without TLS) two tabs may send the same, which the server takes as one: its id is the same.
 */
const STORE = 'outbox'
const CLAIM = 'parley-outbox-claim'
/** Under this a version before kept all of them in one record. */
const ALL = 'entries'
/** How often a tab looks whether another has gone and left something. */
const LOOK_MS = 5_000

/** `place`: among those of its keeper. */
type Kept = { keeper: string; place: number; entry: OutboxEntry }

const done = <Result>(request: IDBRequest<Result>): Promise<Result> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

function open(person: Id): Promise<IDBDatabase> {
  const request = indexedDB.open(`parley-${person}`, 1)
  request.onupgradeneeded = () => request.result.createObjectStore(STORE)
  return done(request)
}

export function outboxOf(person: Id): OutboxStorage {
  const database = open(person)
  const keeper = `parley-outbox-${crypto.randomUUID()}`
  const living = holdForLife(keeper)

  /** The records that a tab which is gone has left, from now on this tab's. */
  const claim = () =>
    alone(async () => {
      const alive = await keepers()
      const store = (await database).transaction(STORE, 'readwrite').objectStore(STORE)
      await partAll(store)
      const kept = (await done(store.getAll())) as Kept[]
      const left = kept.filter((one) => !alive.has(one.keeper))
      for (const one of left) store.put({ ...one, keeper }, one.entry.id)
      return left.sort((a, b) => a.entry.at - b.entry.at || a.place - b.place).map(({ entry }) => entry)
    })

  return {
    async load() {
      await living
      return claim()
    },
    async save(entries) {
      await living
      const store = (await database).transaction(STORE, 'readwrite').objectStore(STORE)
      const kept = (await done(store.getAll())) as Kept[]
      const now = new Set(entries.map(({ id }) => id))
      for (const one of kept) if (one.keeper === keeper && !now.has(one.entry.id)) store.delete(one.entry.id)
      const saving = entries.map((entry, place) =>
        done(store.put({ keeper, place, entry } satisfies Kept, entry.id)),
      )
      await Promise.all(saving)
    },
    orphans(found) {
      if (!navigator.locks) return () => {}
      const look = () => claim().then((entries) => entries.length > 0 && found(entries), console.warn)
      const looking = setInterval(look, LOOK_MS)
      return () => clearInterval(looking)
    },
  }
}

/** A page that is older than this one may still write so. Whoever wrote it is taken for gone. */
async function partAll(store: IDBObjectStore): Promise<void> {
  const all: OutboxEntry[] | undefined = await done(store.get(ALL))
  if (!all) return
  store.delete(ALL)
  for (const [place, entry] of all.entries()) store.put({ keeper: '', place, entry } satisfies Kept, entry.id)
}

/** Resolves when the lock is held; the browser gives it back when the page is gone. */
function holdForLife(name: string): Promise<void> {
  if (!navigator.locks) return Promise.resolve()
  return new Promise((held) => {
    void navigator.locks.request(name, () => {
      held()
      return new Promise(() => {})
    })
  })
}

async function keepers(): Promise<Set<string | undefined>> {
  if (!navigator.locks) return new Set()
  return new Set((await navigator.locks.query()).held?.map(({ name }) => name))
}

const alone = <T>(work: () => Promise<T>): Promise<T> =>
  navigator.locks ? navigator.locks.request(CLAIM, work) : work()

/** At sign-out: the next person at this device finds nothing of the last one. */
export async function forgetOutbox(person: Id): Promise<void> {
  const database = await open(person)
  await done(database.transaction(STORE, 'readwrite').objectStore(STORE).clear())
  database.close()
}
