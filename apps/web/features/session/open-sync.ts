import type { Id } from '@parley/protocol'
import { ParleyError } from '@parley/protocol/errors'
import { createClient, openPoll, type Surroundings, type Sync, systemClock } from '@parley/sync'
import { ask } from '../api/client.ts'
import { readError } from '../api/read-error.ts'
import { watchBarred } from './barred.ts'
import { blockedMemory } from './blocked-memory.ts'
import { forgetOutbox, outboxOf } from './outbox-storage.ts'
import { post } from './post.ts'
import { watchUse } from './watch-use.ts'

/** What the server refuses ends the connection for good where trying again is no use; all else is tried again. */
async function connect(surroundings: Surroundings) {
  try {
    return await ask('session.connect', surroundings)
  } catch (error) {
    const { code, says } = readError(error)
    throw code === 'offline' ? error : new ParleyError(code, says)
  }
}

/** Also when it may come back from the browser's cache: it then finds that its session is over, and connects again. */
function onPageHide(run: () => void): () => void {
  window.addEventListener('pagehide', run)
  return () => window.removeEventListener('pagehide', run)
}

/** Opens the one connection of this page. What is not sent yet waits on this device, for each person apart. */
export function openSync(person: Id): Sync {
  const barred = watchBarred(document)
  const client = createClient({
    connect,
    openSocket: barred.open,
    isBarred: barred.has,
    openPoll: (address) => openPoll(address, post, systemClock, onPageHide),
    blocked: blockedMemory,
    person,
    storage: outboxOf(person),
    client: 'web',
  })
  const online = () => client.online()
  const seen = () => document.visibilityState === 'visible' && client.online()
  window.addEventListener('online', online)
  document.addEventListener('visibilitychange', seen)
  const unwatch = watchUse(document, systemClock, client.idle)
  client.start()
  return {
    ...client,
    close() {
      unwatch()
      barred.close()
      window.removeEventListener('online', online)
      document.removeEventListener('visibilitychange', seen)
      client.close()
    },
  }
}

export const forgetDevice = forgetOutbox
