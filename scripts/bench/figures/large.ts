import { makeChannel, makePeople, personAt } from '../population.ts'
import { type Figure, figure, median } from '../report.ts'
import type { Stage } from '../stage.ts'
import { type Talk, talk } from './talk.ts'
import { KINDS, type Kind, withCrowd } from './with-crowd.ts'

const MEMBERS = [10_000, 1_000] as const
/** Who of them is connected, in either channel: the others are what is measured. */
const THERE = 1_000
const OUTSTANDING = 50

/** A channel of 10,000, a tenth of them connected, beside one with only those in it. */
export async function large(stage: Stage, rounds: number, ms: number): Promise<Figure[]> {
  await makePeople(stage.db, MEMBERS[0])
  for (const members of MEMBERS) await makeChannel(stage.db, String(members), members)
  const there = Array.from({ length: THERE }, (_, i) => personAt(i))
  const runs: Record<string, Talk[]> = {}
  const of = (kind: Kind, members: number) => (runs[`${kind} ${members}`] ??= [])
  for (let round = 0; round < rounds; round++)
    for (const members of MEMBERS)
      for (const kind of KINDS) {
        const shape = { channel: String(members), there: THERE, outstanding: OUTSTANDING }
        const run = await withCrowd(stage, kind, there, (load, server) =>
          talk(stage, { load, server }, shape, ms),
        )
        of(kind, members).push(run)
      }
  const [many, few] = MEMBERS
  const value = (kind: Kind, members: number, pick: (run: Talk) => number) =>
    median(of(kind, members).map(pick))
  const beside = (name: string, unit: string, pick: (run: Talk) => number) =>
    figure(name, unit, value('parley', many, pick), value('bare', many, pick))
  const against = (name: string, unit: string, pick: (run: Talk) => number) =>
    figure(name, unit, value('parley', many, pick), value('parley', few, pick))
  const shape = `${many} members, ${THERE} there, ${OUTSTANDING} outstanding`
  const smaller = `beside it: the same with ${few} members`
  return [
    beside('large.rate', `deliveries/s, ${shape}`, (run) => run.rate),
    beside('large.p99', `ms, send to receive, ${shape}`, (run) => run.p99),
    beside('large.cpu', `µs of the server per delivery, ${shape}`, (run) => run.cpu),
    against('large.growth.rate', `deliveries/s, ${shape}; ${smaller}`, (run) => run.rate),
    against('large.growth.cpu', `µs of the server per delivery, ${shape}; ${smaller}`, (run) => run.cpu),
    against(
      'large.growth.database',
      `µs of PostgreSQL per message, ${shape}; ${smaller}`,
      (run) => run.databaseCpu,
    ),
  ]
}
