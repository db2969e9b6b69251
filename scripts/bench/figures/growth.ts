import { duration } from '../../duration.ts'
import { writeHistory } from '../history.ts'
import { addMembers, makePairs, makePeople, makeQuiet, type Pairs, peopleFrom } from '../population.ts'
import { cpuOf } from '../processes.ts'
import { type Figure, figure, say } from '../report.ts'
import { openStage, type Stage } from '../stage.ts'
import { inTurns } from './in-turns.ts'
import { withCrowd } from './with-crowd.ts'

const RATE = 1_000
const PAIRS = 50
const TALKERS = 2 * PAIRS
/** Everybody has written everywhere by then: what a checkpoint makes dearer, the first write to a page, is over. */
const WARM_MS = 6_000
const MEMBERS = [10, 100, 1_000] as const
/** Of which people talk in ACTIVE. */
const CONVERSATIONS = [20, 2_000] as const
const ACTIVE = 20
const FEW_MESSAGES = 100_000
/** Conversations of each pair that the history is spread over, in all of which they go on talking. */
const SPREAD = 100

/** A hundred people who talk in pairs, whatever else there is in the place. */
type Shape = {
  axis: 'members' | 'conversations' | 'history'
  size: number
  stage: Stage
  person: number
  senders: { at: number; conversation: string }[]
}
type Cost = { node: number; database: number }

const WHAT = {
  members: (size) => `${size} members in each channel, two of them there`,
  conversations: (size) => `${size} conversations a person, talking in ${ACTIVE}`,
  history: (size) => `${size} messages of the past year`,
} as const satisfies Record<Shape['axis'], (size: number) => string>

/** What a message costs as members, conversations and history grow, at a steady rate: it should not grow. */
export async function growth(stage: Stage, rounds: number, ms: number, history: number): Promise<Figure[]> {
  const large = await openStage()
  try {
    const shapes = [
      ...(await shapesOfMembers(stage)),
      ...(await shapesOfConversations(stage)),
      await shapeOfHistory(stage, FEW_MESSAGES),
      await shapeOfHistory(large, history),
    ]
    for (const { db } of [stage, large]) {
      await db.connection.query('VACUUM ANALYZE')
      await db.connection.query('CHECKPOINT')
    }
    const of = await inTurns('growth', shapes, rounds, (shape) => costOf(shape, ms))
    return shapes.flatMap((shape) => {
      const least = shapes.find(({ axis }) => axis === shape.axis)!
      if (shape === least) return []
      const beside = (name: string, unit: string, value: (cost: Cost) => number) =>
        figure(
          `growth.${shape.axis}.${shape.size}.${name}`,
          `µs of ${unit} per message, ${WHAT[shape.axis](shape.size)}; beside it: ${least.size}`,
          of(shape, value),
          of(least, value),
        )
      return [
        beside('node', 'the server', (cost) => cost.node),
        beside('database', 'PostgreSQL', (cost) => cost.database),
      ]
    })
  } finally {
    await large.close()
  }
}

async function costOf({ stage, person, senders }: Shape, ms: number): Promise<Cost> {
  const people = peopleFrom(person, TALKERS)
  return withCrowd(stage, 'parley', people, async (load, server) => {
    await load.measure({ do: 'open', senders, rate: RATE, warmMs: 0, ms: WARM_MS })
    const before = { node: cpuOf(server.pid), database: cpuOf(stage.postgresPid) }
    const { acknowledged } = await load.measure({ do: 'open', senders, rate: RATE, warmMs: 0, ms })
    return {
      node: (cpuOf(server.pid) - before.node) / acknowledged,
      database: (cpuOf(stage.postgresPid) - before.database) / acknowledged,
    }
  })
}

/** People of each shape by themselves, and conversations. */
const placeOf = (nth: number, each: number): Pairs => ({
  person: nth * TALKERS,
  pairs: PAIRS,
  each,
  first: 1_000_000 + nth * 100_000,
})

async function shapesOfMembers(stage: Stage): Promise<Shape[]> {
  const shapes: Shape[] = []
  await makePeople(stage.db, 2_000)
  for (const [i, size] of MEMBERS.entries()) {
    const place = placeOf(i, 1)
    const senders = await makePairs(stage.db, place)
    await addMembers(stage.db, { first: place.first, count: PAIRS }, { person: 1_000, people: size - 2 })
    shapes.push({ axis: 'members', size, stage, person: place.person, senders })
  }
  return shapes
}

async function shapesOfConversations(stage: Stage): Promise<Shape[]> {
  const shapes: Shape[] = []
  for (const [i, size] of CONVERSATIONS.entries()) {
    const place = placeOf(MEMBERS.length + i, ACTIVE)
    const senders = await makePairs(stage.db, place)
    const quiet = { first: place.first + 50_000, count: size - ACTIVE }
    await makeQuiet(stage.db, quiet)
    await addMembers(stage.db, quiet, { person: place.person, people: TALKERS })
    shapes.push({ axis: 'conversations', size, stage, person: place.person, senders })
  }
  return shapes
}

async function shapeOfHistory(stage: Stage, size: number): Promise<Shape> {
  const place = placeOf(MEMBERS.length + CONVERSATIONS.length, SPREAD)
  await makePeople(stage.db, 2_000)
  const senders = await makePairs(stage.db, place)
  const began = performance.now()
  say(`  growth: ${size} messages of history are written`)
  await writeHistory(stage.db, place, size)
  say(`  growth: that took ${duration((performance.now() - began) / 1_000)}`)
  return { axis: 'history', size, stage, person: place.person, senders }
}
