import type { Id } from '@parley/protocol'

/** Slots that people are spread over. Whatever is sent to Redis together is of one slot, so that it works on Cluster. */
export const SHARDS = 16

const FNV_OFFSET = 0x811c9dc5
const FNV_PRIME = 0x01000193

/** FNV-1a: ids differ least in their last bits. */
export function shardOf(person: Id): number {
  let hash = FNV_OFFSET
  for (let i = 0; i < person.length; i++) hash = Math.imul(hash ^ person.charCodeAt(i), FNV_PRIME)
  return (hash >>> 0) % SHARDS
}

/** ioredis puts its prefix before all of them, sharded channels too. */
export const KEYS = {
  /** Sorted set: nodes that are alive, by when their lease ends on Redis's clock. */
  origins: 'presence:{origins}',
  /** Hash: person → sighting, of those whom one node sees. It expires with the node. */
  seen: (shard: number, origin: string) => `presence:{${shard}}:seen:${origin}`,
  /** Hash: person → when they were last active, of those who are not. */
  last: (shard: number) => `presence:{${shard}}:last`,
  /** Sharded channel: what changes about one person. */
  changes: (person: Id) => `presence:{${shardOf(person)}}:of:${person}`,
}

/** The same by slot. */
export function byShard<T>(all: Iterable<T>, personOf: (one: T) => Id): Map<number, T[]> {
  const shards = new Map<number, T[]>()
  for (const one of all) {
    const shard = shardOf(personOf(one))
    const list = shards.get(shard)
    if (list) list.push(one)
    else shards.set(shard, [one])
  }
  return shards
}
