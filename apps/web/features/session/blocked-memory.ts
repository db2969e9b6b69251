import type { BlockedMemory } from '@parley/sync'

const key = 'parley:sockets-blocked-at'

/** For this tab, over its reloads: another may be opened on another network. */
export const blockedMemory: BlockedMemory = {
  recall: () => Number(sessionStorage.getItem(key)) || null,
  remember(at) {
    if (at === null) sessionStorage.removeItem(key)
    else sessionStorage.setItem(key, String(at))
  },
}
