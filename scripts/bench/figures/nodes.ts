import { makeDirects, makePeople, peopleFrom } from '../population.ts'
import { cpuOf } from '../processes.ts'
import { type Figure, figure, quantile } from '../report.ts'
import type { Load, Server, Stage } from '../stage.ts'
import { inTurns } from './in-turns.ts'

const PEOPLE = 1_000
const RATE = 1_000
const IN_FLIGHT = 1_000
const WARM_MS = 2_000
const COUNTS = [2, 1] as const

type Run = {
  rate: number
  p50: number
  p99: number
  nodeCpu: number
  databaseCpu: number
  redisCpu: number
  saturatedCpu: number
}

/**
 * One-to-one where sender and receiver are on different nodes, beside the same on one: every message crosses Redis. The
 * nodes share this machine's processors with everything else, so that the rate says less than what a message costs.
 */
export async function nodes(stage: Stage, rounds: number, ms: number): Promise<Figure[]> {
  await makePeople(stage.db, PEOPLE)
  const conversationOf = await makeDirects(stage.db, PEOPLE)
  const senders = Array.from({ length: PEOPLE }, (_, at) => ({ at, conversation: conversationOf(at) }))
  const on = await inTurns('nodes', COUNTS, rounds, (count) => over(stage, count, senders, ms))
  const both = (name: string, unit: string, value: (run: Run) => number) =>
    figure(name, `${unit}; beside it: on one node`, on(2, value), on(1, value))
  return [
    both('nodes.rate', `messages/s from node to node, ${IN_FLIGHT} in flight`, (run) => run.rate),
    both('nodes.p50', `ms, send to receive, ${RATE}/s`, (run) => run.p50),
    both('nodes.p99', `ms, send to receive, ${RATE}/s`, (run) => run.p99),
    both('nodes.cpu', `µs of all nodes per message, ${RATE}/s`, (run) => run.nodeCpu),
    both('nodes.cpu.database', `µs of PostgreSQL per message, ${RATE}/s`, (run) => run.databaseCpu),
    both('nodes.cpu.redis', `µs of Redis per message, ${RATE}/s`, (run) => run.redisCpu),
    both('nodes.cpu.saturated', 'µs of all nodes per message, saturated', (run) => run.saturatedCpu),
  ]
}

type Sender = { at: number; conversation: string }

async function over(stage: Stage, count: number, senders: Sender[], ms: number): Promise<Run> {
  const servers: Server[] = []
  const load = stage.load('parley')
  try {
    for (let i = 0; i < count; i++) servers.push(await stage.startParley({ node: `bench-${i + 1}` }))
    // neighbours write to one another
    const places = peopleFrom(0, PEOPLE).map((person, i) => ({
      ...stage.ticket(person),
      url: servers[i % count]!.url,
    }))
    await load.ask({ do: 'connect', url: servers[0]!.url, places })
    return await measure(stage, load, servers, senders, ms)
  } finally {
    load.end()
    await Promise.all(servers.map((server) => server.stop()))
  }
}

async function measure(
  stage: Stage,
  load: Load,
  servers: Server[],
  senders: Sender[],
  ms: number,
): Promise<Run> {
  const cpu = () => ({
    nodes: servers.reduce((sum, { pid }) => sum + cpuOf(pid), 0),
    database: cpuOf(stage.postgresPid),
    redis: cpuOf(stage.redisPid),
  })
  const before = cpu()
  const steady = await load.measure({ do: 'open', senders, rate: RATE, warmMs: 0, ms: WARM_MS + ms })
  const between = cpu()
  const many = await load.measure({ do: 'closed', senders, inFlight: IN_FLIGHT, warmMs: 0, ms: WARM_MS + ms })
  const after = cpu()
  return {
    rate: (many.acknowledged / many.ms) * 1_000,
    p50: quantile(steady.delivery, 0.5),
    p99: quantile(steady.delivery, 0.99),
    nodeCpu: (between.nodes - before.nodes) / steady.acknowledged,
    databaseCpu: (between.database - before.database) / steady.acknowledged,
    redisCpu: (between.redis - before.redis) / steady.acknowledged,
    saturatedCpu: (after.nodes - between.nodes) / many.acknowledged,
  }
}
