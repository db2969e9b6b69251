import { cpuOf } from '../processes.ts'
import { quantile } from '../report.ts'
import type { Load, Server, Stage } from '../stage.ts'

const WARM_MS = 2_000

export type Talk = { rate: number; p99: number; cpu: number; databaseCpu: number }

/** Talk in one channel whose first `there` members are there, with so many messages always unanswered. */
export async function talk(
  stage: Stage,
  { load, server }: { load: Load; server: Server },
  { channel, there, outstanding }: { channel: string; there: number; outstanding: number },
  ms: number,
): Promise<Talk> {
  const senders = Array.from({ length: there }, (_, at) => ({ at, conversation: channel }))
  await load.ask({ do: 'join', channel })
  const before = { node: cpuOf(server.pid), database: cpuOf(stage.postgresPid) }
  const measured = await load.measure({ do: 'closed', senders, inFlight: outstanding, warmMs: WARM_MS, ms })
  const { delivered, acknowledged, delivery, ms: took } = measured
  const whole = (took + WARM_MS) / took
  return {
    rate: (delivered / took) * 1_000,
    p99: quantile(delivery, 0.99),
    cpu: (cpuOf(server.pid) - before.node) / (delivered * whole),
    databaseCpu: (cpuOf(stage.postgresPid) - before.database) / (acknowledged * whole),
  }
}
