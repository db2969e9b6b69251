import { makeDirects, makePeople, peopleFrom } from '../population.ts'
import { cpuOf } from '../processes.ts'
import { type Figure, quantile } from '../report.ts'
import type { Load, Server, Stage } from '../stage.ts'
import { alternate } from './alternate.ts'
import { withCrowd } from './with-crowd.ts'

const PEOPLE = 1_000
const WARM_MS = 2_000

type Run = {
  rate100: number
  rate: number
  saturated: number
  at100: number[]
  at1000: number[]
  nodeCpu: number
  databaseCpu: number
}

/** One-to-one: durable messages a second, and how long they take to the other person. */
export async function direct(stage: Stage, rounds: number, ms: number): Promise<Figure[]> {
  await makePeople(stage.db, PEOPLE)
  const conversationOf = await makeDirects(stage.db, PEOPLE)
  const people = peopleFrom(0, PEOPLE)
  const senders = people.map((_, at) => ({ at, conversation: conversationOf(at) }))
  const beside = await alternate('direct', stage, rounds, (kind) =>
    withCrowd(stage, kind, people, (load, server) => run(stage, load, server, senders, ms)),
  )
  return [
    beside('direct.rate', 'messages/s, 1,000 in flight', (run) => run.rate),
    beside('direct.rate.100', 'messages/s, 100 in flight', (run) => run.rate100),
    beside('direct.ack.p99.saturated', 'ms, 1,000 in flight', (run) => run.saturated),
    beside('direct.p50.100', 'ms, send to receive, 100/s', (run) => quantile(run.at100, 0.5)),
    beside('direct.p99.100', 'ms, send to receive, 100/s', (run) => quantile(run.at100, 0.99)),
    beside('direct.p50.1000', 'ms, send to receive, 1,000/s', (run) => quantile(run.at1000, 0.5)),
    beside('direct.p99.1000', 'ms, send to receive, 1,000/s', (run) => quantile(run.at1000, 0.99)),
    beside('direct.cpu.node', 'µs of the server per message, saturated', (run) => run.nodeCpu),
    beside('direct.cpu.database', 'µs of PostgreSQL per message, saturated', (run) => run.databaseCpu),
  ]
}

type Sender = { at: number; conversation: string }

async function run(stage: Stage, load: Load, server: Server, senders: Sender[], ms: number): Promise<Run> {
  const slow = await load.measure({ do: 'open', senders, rate: 100, warmMs: WARM_MS, ms })
  const quick = await load.measure({ do: 'open', senders, rate: 1_000, warmMs: WARM_MS, ms })
  const some = await load.measure({ do: 'closed', senders, inFlight: 100, warmMs: WARM_MS, ms })
  const before = { node: cpuOf(server.pid), database: cpuOf(stage.postgresPid) }
  const many = await load.measure({ do: 'closed', senders, inFlight: 1_000, warmMs: 0, ms: ms + WARM_MS })
  return {
    rate100: (some.acknowledged / some.ms) * 1_000,
    rate: (many.acknowledged / many.ms) * 1_000,
    saturated: quantile(many.acknowledgement, 0.99),
    at100: slow.delivery,
    at1000: quick.delivery,
    nodeCpu: (cpuOf(server.pid) - before.node) / many.acknowledged,
    databaseCpu: (cpuOf(stage.postgresPid) - before.database) / many.acknowledged,
  }
}
