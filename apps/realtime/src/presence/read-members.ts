import type { Room } from './room.ts'

/** Reads who is in the conversations whose heads are looked at. A step of its own: what is known already is counted meanwhile. */
export async function readMembers({ counting, blind, redis }: Room): Promise<void> {
  if (counting.isWanted() && !blind && redis.status === 'ready') await counting.read()
}
