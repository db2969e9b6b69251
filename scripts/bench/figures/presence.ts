import { setTimeout as sleep } from 'node:timers/promises'
import { LIMITS } from '@parley/protocol'
import type { ComingAnswer, ComingOrder } from '../load/coming.ts'
import { type LoadProcess, openLoadProcess } from '../load-process.ts'
import { choosePresence, makeChannel, makePeople, peopleFrom } from '../population.ts'
import { cpuOf, requireDescriptors } from '../processes.ts'
import { type Figure, figure } from '../report.ts'
import type { Server, Stage } from '../stage.ts'
import { inTurns } from './in-turns.ts'

const PEOPLE = 5_000
const WATCHERS = 100
const CHANNEL = '5100'
const STORM_MS = 20_000
/** Before a storm, so that no code runs for the first time in it. */
const WARM = 500
const WARM_MS = 2_000
/** Until the last of it was told. */
const REST_MS = 3_000

/** As a share of one processor's time, in percent, over the storm. */
type Storm = { node: number; redis: number; frames: number; entries: number }
type Run = { comings: Storm; activity: Storm }
type Crowd = LoadProcess<ComingOrder, ComingAnswer>

/**
 * 5,000 people come and go within 20 s, and leave their devices and take them up again within 20 s, while 100 look at
 * 500 of them each and at a channel of all. Connecting costs what it costs: the same is done by people who are
 * invisible, of whom no other process is told, while nobody looks, and what that took is subtracted.
 */
export async function presence(stage: Stage, rounds: number): Promise<Figure[]> {
  requireDescriptors(PEOPLE + 1_000)
  await makePeople(stage.db, PEOPLE + WATCHERS)
  await makeChannel(stage.db, CHANNEL, PEOPLE + WATCHERS)
  const of = await inTurns('presence', ['unseen', 'seen'], rounds, (as) => run(stage, as === 'seen'))
  const figuresOf = (storm: keyof Run, does: string): Figure[] => {
    const shape = `${PEOPLE} ${does} in ${STORM_MS / 1_000} s, ${WATCHERS} look`
    const rest = 'beside it: the rest of the same, invisible and unwatched'
    const more = (name: string, unit: string, value: (run: Run) => number) =>
      figure(
        name,
        `${unit} more, ${shape}; ${rest}`,
        of('seen', value) - of('unseen', value),
        of('unseen', value),
      )
    const told = (name: string, unit: string, value: (run: Run) => number) =>
      figure(name, `${unit}, ${shape}`, of('seen', value))
    return [
      more(`presence.${storm}`, '% of one core', (run) => run[storm].node),
      more(`presence.${storm}.redis`, '% of one core of Redis', (run) => run[storm].redis),
      told(`presence.${storm}.frames`, 'frames to each who looks', (run) => run[storm].frames),
      told(`presence.${storm}.entries`, 'changes in them', (run) => run[storm].entries),
    ]
  }
  return [...figuresOf('comings', 'come and go'), ...figuresOf('activity', 'away and back')]
}

async function run(stage: Stage, seen: boolean): Promise<Run> {
  await choosePresence(stage.db, PEOPLE, seen ? 'automatic' : 'invisible')
  const server = await stage.startParley()
  const watchers: Crowd = openLoadProcess('coming')
  const crowd: Crowd = openLoadProcess('coming')
  try {
    const { url } = server
    const people = peopleFrom(0, PEOPLE)
    const looks = Array.from({ length: WATCHERS }, (_, i) => ({
      people: seen ? whomToWatch(people, i) : [],
      conversations: seen ? [CHANNEL] : [],
    }))
    const who = peopleFrom(PEOPLE, WATCHERS)
    await watchers.ask({ do: 'come', url, people: who, looks })
    await crowd.ask({ do: 'pass', url, people: people.slice(0, WARM), ms: WARM_MS })
    await sleep(REST_MS)
    const comings = await storm(stage, server, watchers, () =>
      crowd.ask({ do: 'pass', url, people, ms: STORM_MS }),
    )
    await crowd.ask({ do: 'come', url, people })
    await crowd.ask({ do: 'rest', ms: WARM_MS })
    await sleep(REST_MS)
    const activity = await storm(stage, server, watchers, () => crowd.ask({ do: 'rest', ms: STORM_MS }))
    return { comings, activity }
  } finally {
    watchers.end()
    crowd.end()
    await server.stop()
  }
}

/** Of those in a row each is looked at by others, so that whoever looks is told something all the time. */
function whomToWatch(people: string[], watcher: number): string[] {
  const apart = PEOPLE / LIMITS.lookPeople
  return Array.from({ length: LIMITS.lookPeople }, (_, i) => people[(watcher + i * apart) % PEOPLE]!)
}

async function storm(
  stage: Stage,
  server: Server,
  watchers: Crowd,
  blow: () => Promise<unknown>,
): Promise<Storm> {
  await watchers.ask({ do: 'count' })
  const before = { node: cpuOf(server.pid), redis: cpuOf(stage.redisPid) }
  await blow()
  await sleep(REST_MS)
  const share = (cpu: number) => (cpu / 1_000 / STORM_MS) * 100
  const node = share(cpuOf(server.pid) - before.node)
  const redis = share(cpuOf(stage.redisPid) - before.redis)
  const told = await watchers.ask({ do: 'count' })
  if (told.done !== 'counted') throw new Error('What was told was not counted.')
  return { node, redis, frames: told.frames / WATCHERS, entries: told.entries / WATCHERS }
}
