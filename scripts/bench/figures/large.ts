import { makeChannel, makePeople, peopleFrom } from '../population.ts'
import { type Figure, figure } from '../report.ts'
import type { Stage } from '../stage.ts'
import { inTurns } from './in-turns.ts'
import { type Talk, talk } from './talk.ts'
import { type Kind, withCrowd } from './with-crowd.ts'

const MANY = 10_000
const FEW = 1_000
/** Who of them is connected, in either channel: the others are what is measured. */
const THERE = 1_000
const OUTSTANDING = 50

type Turn = { kind: Kind; members: number }
const ours: Turn = { kind: 'parley', members: MANY }
const bare: Turn = { kind: 'bare', members: MANY }
const smaller: Turn = { kind: 'parley', members: FEW }

/** A channel of 10,000, a tenth of them connected, beside one with only those in it. */
export async function large(stage: Stage, rounds: number, ms: number): Promise<Figure[]> {
  await makePeople(stage.db, MANY)
  for (const members of [MANY, FEW]) await makeChannel(stage.db, String(members), members)
  const there = peopleFrom(0, THERE)
  const of = await inTurns('large', [ours, bare, smaller], rounds, ({ kind, members }) =>
    withCrowd(stage, kind, there, (load, server) =>
      talk(stage, { load, server }, { channel: String(members), there: THERE, outstanding: OUTSTANDING }, ms),
    ),
  )
  const beside = (name: string, unit: string, value: (run: Talk) => number) =>
    figure(name, unit, of(ours, value), of(bare, value))
  const against = (name: string, unit: string, value: (run: Talk) => number) =>
    figure(name, unit, of(ours, value), of(smaller, value))
  const shape = `${MANY} members, ${THERE} there, ${OUTSTANDING} outstanding`
  const rest = `beside it: the same with ${FEW} members`
  return [
    beside('large.rate', `deliveries/s, ${shape}`, (run) => run.rate),
    beside('large.p99', `ms, send to receive, ${shape}`, (run) => run.p99),
    beside('large.cpu', `µs of the server per delivery, ${shape}`, (run) => run.cpu),
    against('large.growth.rate', `deliveries/s, ${shape}; ${rest}`, (run) => run.rate),
    against('large.growth.cpu', `µs of the server per delivery, ${shape}; ${rest}`, (run) => run.cpu),
    against(
      'large.growth.database',
      `µs of PostgreSQL per message, ${shape}; ${rest}`,
      (run) => run.databaseCpu,
    ),
  ]
}
