import { makeChannel, makePeople, personAt } from '../population.ts'
import { type Figure, figure, median } from '../report.ts'
import type { Stage } from '../stage.ts'
import { KINDS, type Kind, withCrowd } from './both.ts'
import { type Talk, talk } from './talk.ts'

const SHAPES = [
  { members: 100, outstanding: 4 },
  { members: 100, outstanding: 50 },
  { members: 1_000, outstanding: 50 },
] as const

/** Deliveries a second to everybody in one channel, while some messages are always unanswered. */
export async function fanout(stage: Stage, rounds: number, ms: number): Promise<Figure[]> {
  await makePeople(stage.db, 1_000)
  for (const members of new Set(SHAPES.map((shape) => shape.members)))
    await makeChannel(stage.db, channelOf(members), members)
  const figures: Figure[] = []
  for (const { members, outstanding } of SHAPES) {
    const people = Array.from({ length: members }, (_, i) => personAt(i))
    const runs: Record<Kind, Talk[]> = { parley: [], bare: [] }
    for (let round = 0; round < rounds; round++)
      for (const kind of KINDS)
        runs[kind].push(
          await withCrowd(stage, kind, people, (load, server) =>
            talk(stage, { load, server }, { channel: channelOf(members), there: members, outstanding }, ms),
          ),
        )
    const of = (kind: Kind, value: (run: Talk) => number) => median(runs[kind].map(value))
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
