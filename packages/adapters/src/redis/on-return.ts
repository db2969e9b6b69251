import type { Redis } from './types.ts'

/**
 * Calls the listener whenever something of Redis that was away may be back, with or without its memory. Alone or behind
 * Sentinels that is the connection; a Cluster stays what it is while one of its masters goes and another comes.
 * @returns ends it
 */
export function onReturn(redis: Redis, listener: () => void): () => void {
  const events = redis.isCluster ? ['ready', '+node', '-node'] : ['ready']
  for (const event of events) redis.on(event, listener)
  return () => {
    for (const event of events) redis.off(event, listener)
  }
}
