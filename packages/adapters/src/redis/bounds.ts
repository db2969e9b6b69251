/** Commands that wait while there is no connection, and that may be unanswered on one that hangs. */
export const OFFLINE_COMMANDS = 1_000
export const UNANSWERED_COMMANDS = 20_000

export const CONNECT_MS = 5_000
export const COMMAND_MS = 5_000
/** A connection on which nothing comes for so long, though something was asked, is given up: TCP waits a quarter of an hour. */
export const SILENT_MS = 6_000
/** The same for workers, whose commands may block for BullMQ's ten seconds. */
export const WORKER_SILENT_MS = 30_000
export const SLOWEST_RETRY_MS = 2_000
/** How often a Cluster is asked which node serves what, beside whenever a node goes or sends us to another. */
export const SLOTS_MS = 5_000
/** A start that comes upon a Cluster without some of its slots waits so long for them: failing over takes seconds. */
export const START_MS = 15_000

/** The wait before the next try, in milliseconds. */
export const retryDelay = (times: number): number =>
  Math.min(50 * 2 ** Math.min(times, 10), SLOWEST_RETRY_MS) * (0.8 + Math.random() * 0.2)

/** Tries of a worker's command on a Cluster, most of them a tenth of a second after the last: a failover must fit in. */
export const WORKER_REDIRECTIONS = 600
