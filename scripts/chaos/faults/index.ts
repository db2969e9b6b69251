import { NODES } from '../stage/index.ts'
import type { RedisForm } from '../stage/redis.ts'
import { crashClients } from './crash-clients.ts'
import { doubleFrames } from './double-frames.ts'
import type { Fault } from './fault.ts'
import { fillPool } from './fill-pool.ts'
import { halfOpen } from './half-open.ts'
import { holdFrames } from './hold-frames.ts'
import { killProcess } from './kill-process.ts'
import { loseCommits } from './lose-commits.ts'
import { partFromPeople } from './part-from-people.ts'
import { partFromPostgres } from './part-from-postgres.ts'
import { partFromRedis } from './part-from-redis.ts'
import { pauseRedis } from './pause-redis.ts'
import { resetPeople } from './reset-people.ts'
import { resetStores } from './reset-stores.ts'
import { restartPostgres } from './restart-postgres.ts'
import { restartRedis } from './restart-redis.ts'
import { slowCommits } from './slow-commits.ts'
import { slowPeople } from './slow-people.ts'
import { stepClock } from './step-clock.ts'
import { stopProcess } from './stop-process.ts'

/** Everything that may go wrong. A new fault is a line here, and a file unless it is one that hits others too; it changes what each seed means. */
export type FaultName =
  | 'kill-node'
  | 'stop-node'
  | 'kill-worker'
  | 'stop-worker'
  | 'kill-api'
  | 'stop-api'
  | 'restart-redis'
  | 'pause-redis'
  | 'restart-postgres'
  | 'reset-stores'
  | 'lose-commits'
  | 'slow-commits'
  | 'part-from-redis'
  | 'part-from-postgres'
  | 'half-open'
  | 'reset-people'
  | 'part-from-people'
  | 'slow-people'
  | 'double-frames'
  | 'hold-frames'
  | 'crash-clients'
  | 'step-clock'
  | 'fill-pool'

export const FAULTS = {
  'kill-node': killProcess(NODES, [300, 4_000]),
  'stop-node': stopProcess(NODES),
  'kill-worker': killProcess(['worker'], [300, 5_000]),
  'stop-worker': stopProcess(['worker']),
  'kill-api': killProcess(['api'], [300, 3_000]),
  'stop-api': stopProcess(['api']),
  'restart-redis': restartRedis,
  'pause-redis': pauseRedis,
  'restart-postgres': restartPostgres,
  'reset-stores': resetStores,
  'lose-commits': loseCommits,
  'slow-commits': slowCommits,
  'part-from-redis': partFromRedis,
  'part-from-postgres': partFromPostgres,
  'half-open': halfOpen,
  'reset-people': resetPeople,
  'part-from-people': partFromPeople,
  'slow-people': slowPeople,
  'double-frames': doubleFrames,
  'hold-frames': holdFrames,
  'crash-clients': crashClients,
  'step-clock': stepClock,
  'fill-pool': fillPool,
} satisfies Record<FaultName, Fault>

export const FAULT_NAMES = Object.keys(FAULTS) as FaultName[]

/** What needs a wire between a process and Redis, which several servers of it do without. */
const ON_A_SINGLE_REDIS: ReadonlySet<FaultName> = new Set(['part-from-redis'])

export const canHappen = (fault: FaultName, redis: RedisForm): boolean =>
  redis === 'single' || !ON_A_SINGLE_REDIS.has(fault)
