import { setTimeout as sleep } from 'node:timers/promises'
import { cpuOf } from '../processes.ts'
import type { Server, Stage } from '../stage.ts'

/** What the server has left to do when the last of them is let in. */
export const REST_MS = 2_000

/** `ms`: until the last of them is let in. µs of the processor: until a moment later. */
export type Coming = { ms: number; cpu: number; databaseCpu: number }

/** What letting people in takes, and nothing else: neither rest nor a collection of garbage before or after. */
export async function costOfComing(
  stage: Stage,
  server: Server,
  come: () => Promise<unknown>,
): Promise<Coming> {
  const before = { node: cpuOf(server.pid), database: cpuOf(stage.postgresPid) }
  const began = performance.now()
  await come()
  const ms = performance.now() - began
  await sleep(REST_MS)
  return {
    ms,
    cpu: cpuOf(server.pid) - before.node,
    databaseCpu: cpuOf(stage.postgresPid) - before.database,
  }
}
