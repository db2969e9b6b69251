import { makeChannel, makePeople, peopleFrom } from '../population.ts'
import type { Figure } from '../report.ts'
import type { Stage } from '../stage.ts'
import { alternate } from './alternate.ts'
import { talk } from './talk.ts'
import { withCrowd } from './with-crowd.ts'

const SHAPES = [
  { members: 100, outstanding: 4 },
  { members: 100, outstanding: 50 },
  { members: 1_000, outstanding: 4 },
  { members: 1_000, outstanding: 50 },
] as const

/** Deliveries a second to everybody in one channel, while some messages are always unanswered. */
export async function fanout(stage: Stage, rounds: number, ms: number): Promise<Figure[]> {
  await makePeople(stage.db, 1_000)
  for (const members of new Set(SHAPES.map((shape) => shape.members)))
    await makeChannel(stage.db, channelOf(members), members)
  const figures: Figure[] = []
  for (const { members, outstanding } of SHAPES) {
    const people = peopleFrom(0, members)
    const shape = `${members} members, ${outstanding} outstanding`
    const beside = await alternate(`fanout, ${shape}`, stage, rounds, (kind) =>
      withCrowd(stage, kind, people, (load, server) =>
        talk(stage, { load, server }, { channel: channelOf(members), there: members, outstanding }, ms),
      ),
    )
    const name = `fanout.${members}${outstanding === 50 ? '' : `.${outstanding}`}`
    figures.push(
      beside(`${name}.rate`, `deliveries/s, ${shape}`, (run) => run.rate),
      beside(`${name}.p99`, `ms, send to receive, ${shape}`, (run) => run.p99),
      beside(`${name}.cpu`, `µs of the server per delivery, ${shape}`, (run) => run.cpu),
    )
  }
  return figures
}

const channelOf = (members: number) => String(members)
