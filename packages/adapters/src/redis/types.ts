import type { Cluster, Redis as Single } from 'ioredis'

/**
 * Redis as the adapters use it: alone, behind Sentinels, or a Cluster. On a Cluster a command's keys must lie in one
 * slot, and so must those of a MULTI, a pipeline or a script: see docs/subsystems/redis.md.
 */
export type Redis = Single | Cluster
