import type { Socket } from 'node:net'

/** Connections between two requests of a session, by the address that they are counted under. */
export type Resting = {
  add(address: string, socket: Socket): void
  /** True: it was resting. */
  remove(address: string, socket: Socket): boolean
  /** The one that has rested longest. */
  take(address: string): Socket | undefined
}

export function openResting(): Resting {
  const all = new Map<string, Set<Socket>>()

  function remove(address: string, socket: Socket): boolean {
    const here = all.get(address)
    if (!here?.delete(socket)) return false
    if (here.size === 0) all.delete(address)
    return true
  }

  return {
    add(address, socket) {
      const here = all.get(address)
      if (here) here.add(socket)
      else all.set(address, new Set([socket]))
    },
    remove,
    take(address) {
      const [longest] = all.get(address) ?? []
      if (longest) remove(address, longest)
      return longest
    },
  }
}
