import { setTimeout as sleep } from 'node:timers/promises'
import type { ReturnAnswer, ReturnOrder } from '../load/returning.ts'
import { openLoadProcess } from '../load-process.ts'
import { makeDirects, makePeople, peopleFrom } from '../population.ts'
import { cpuOf, requireDescriptors } from '../processes.ts'
import { type Figure, figure, median, quantile } from '../report.ts'
import type { Stage } from '../stage.ts'
import { alternate } from './alternate.ts'
import { costOfComing, REST_MS } from './cost-of-coming.ts'
import { inRounds } from './in-rounds.ts'
import { settledSize, warmUp } from './size.ts'
import { type Kind, startOf } from './with-crowd.ts'

const PEOPLE = 10_000
/** Processes that share them: one alone would be busier than the node. */
const LOADS = 4
const SHARE = PEOPLE / LOADS

type Crowd = { rate: number; cpu: number; databaseCpu: number; bytes: number }
type Storm = { settled: number; half: number; ready: number; cpu: number; asked: number; tries: number }

/** 10,000 people on one node: what they cost it, and how all of them come back when it is killed and started again. */
export async function connections(stage: Stage, rounds: number): Promise<Figure[]> {
  requireDescriptors(PEOPLE + 1_000)
  await makePeople(stage.db, PEOPLE)
  await makeDirects(stage.db, PEOPLE)
  const beside = await alternate('connections', stage, rounds, (kind) => letIn(stage, kind))
  const storms: Storm[] = []
  await inRounds('connections, all come back', rounds, async () => {
    storms.push(await storm(stage))
  })
  const came = (name: string, unit: string, value: (one: Storm) => number) =>
    figure(name, unit, median(storms.map(value)))
  return [
    beside('connections.rate', `connections/s until ${PEOPLE} are up to date`, (crowd) => crowd.rate),
    beside(
      'connections.cpu',
      'µs of the server per connection, with ticket and first sync',
      (crowd) => crowd.cpu,
    ),
    beside('connections.cpu.database', 'µs of PostgreSQL per connection', (crowd) => crowd.databaseCpu),
    beside(
      'connections.bytes',
      `bytes resident per connection, ${PEOPLE}, garbage collected`,
      (crowd) => crowd.bytes,
    ),
    came('storm.settled', `s from a SIGKILL until all ${PEOPLE} are up to date again`, (one) => one.settled),
    came('storm.half', 's until half of them are', (one) => one.half),
    came('storm.ready', 's until the node that is started again is ready', (one) => one.ready),
    came('storm.cpu', 'µs of the server per person who comes back, its start included', (one) => one.cpu),
    came('storm.asked', 'times a person that the API is asked for a ticket', (one) => one.asked),
    came('storm.tries', 'tries of whoever needed most', (one) => one.tries),
  ]
}

async function letIn(stage: Stage, kind: Kind): Promise<Crowd> {
  const server = await startOf(stage, kind)
  const loads = Array.from({ length: LOADS }, () => stage.load(kind))
  try {
    await warmUp(stage, kind, server.url)
    const empty = await settledSize(server)
    const { ms, cpu, databaseCpu } = await costOfComing(stage, server, () => {
      const entering = loads.map((load, i) => {
        const places = peopleFrom(i * SHARE, SHARE).map(stage.ticket)
        return load.ask({ do: 'connect', url: server.url, places })
      })
      return Promise.all(entering)
    })
    return {
      rate: (PEOPLE / ms) * 1_000,
      cpu: cpu / PEOPLE,
      databaseCpu: databaseCpu / PEOPLE,
      bytes: ((await settledSize(server)) - empty) / PEOPLE,
    }
  } finally {
    for (const load of loads) load.end()
    await server.stop()
  }
}

/** As in a crash: the node is killed, whatever watches over it starts it again at once, and nobody is told anything. */
async function storm(stage: Stage): Promise<Storm> {
  let server = await stage.startParley()
  const loads = Array.from({ length: LOADS }, () => openLoadProcess<ReturnOrder, ReturnAnswer>('returning'))
  try {
    const { url } = server
    const connecting = loads.map((load, i) =>
      load.ask({ do: 'connect', url, people: peopleFrom(i * SHARE, SHARE), from: i * SHARE }),
    )
    await Promise.all(connecting)
    await sleep(REST_MS)
    const returning = loads.map((load) => load.ask({ do: 'return' }))
    await sleep(REST_MS)
    const killed = Date.now()
    await server.kill()
    server = await stage.startParley({ port: Number(new URL(url).port) })
    const ready = Date.now() - killed
    const answers = (await Promise.all(returning)).filter((answer) => answer.done === 'returned')
    const at = answers.flatMap((answer) => answer.at).sort((a, b) => a - b)
    return {
      settled: (at.at(-1)! - killed) / 1_000,
      half: (quantile(at, 0.5) - killed) / 1_000,
      ready: ready / 1_000,
      cpu: cpuOf(server.pid) / PEOPLE,
      asked: answers.reduce((sum, answer) => sum + answer.asked, 0) / PEOPLE,
      tries: Math.max(...answers.map((answer) => answer.tries)),
    }
  } finally {
    for (const load of loads) load.end()
    await server.stop()
  }
}
