import { makeChannel, makePeople, personAt } from '../population.ts'
import { cpuOf } from '../processes.ts'
import { type Figure, figure, median, quantile } from '../report.ts'
import type { Stage } from '../stage.ts'
import { KINDS, type Kind, withCrowd } from './both.ts'

const WARM_MS = 2_000
const SHAPES = [
  { members: 100, outstanding: 4 },
  { members: 100, outstanding: 50 },
  { members: 1_000, outstanding: 50 },
] as const

type Run = { rate: number; p99: number; cpu: number }

/** Deliveries a second to everybody in one channel, while some messages are always unanswered. */
export async function fanout(stage: Stage, rounds: number, ms: number): Promise<Figure[]> {
  await makePeople(stage.db, 1_000)
  for (const members of new Set(SHAPES.map((shape) => shape.members)))
    await makeChannel(stage.db, channelOf(members), members)
  const figures: Figure[] = []
  for (const { members, outstanding } of SHAPES) {
    const people = Array.from({ length: members }, (_, i) => personAt(i))
    const senders = people.map((_, at) => ({ at, conversation: channelOf(members) }))
    const runs: Record<Kind, Run[]> = { parley: [], bare: [] }
    for (let round = 0; round < rounds; round++)
      for (const kind of KINDS)
        runs[kind].push(
          await withCrowd(stage, kind, people, async (load, server) => {
            const before = cpuOf(server.pid)
            const order = { do: 'closed', senders, inFlight: outstanding, warmMs: WARM_MS, ms } as const
            const { delivered, delivery, ms: took } = await load.measure(order)
            const whole = took + WARM_MS
            return {
              rate: (delivered / took) * 1_000,
              p99: quantile(delivery, 0.99),
              cpu: (cpuOf(server.pid) - before) / (delivered * (whole / took)),
            }
          }),
        )
    const of = (kind: Kind, value: (run: Run) => number) => median(runs[kind].map(value))
    const name = `fanout.${members}${outstanding === 50 ? '' : `.${outstanding}`}`
    const shape = `${members} members, ${outstanding} outstanding`
    figures.push(
      figure(
        `${name}.rate`,
        `deliveries/s, ${shape}`,
        of('parley', (run) => run.rate),
        of('bare', (run) => run.rate),
      ),
      figure(
        `${name}.p99`,
        `ms, send to receive, ${shape}`,
        of('parley', (run) => run.p99),
        of('bare', (run) => run.p99),
      ),
      figure(
        `${name}.cpu`,
        `µs of the server per delivery, ${shape}`,
        of('parley', (run) => run.cpu),
        of('bare', (run) => run.cpu),
      ),
    )
  }
  return figures
}

const channelOf = (members: number) => String(members)
