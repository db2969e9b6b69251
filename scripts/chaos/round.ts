import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '@parley/db'
import type { Id } from '@parley/protocol'
import { Browser } from './browser.ts'
import { check } from './checks/index.ts'
import type { Placed } from './crowd/protocol.ts'
import { openCrowds } from './crowds.ts'
import { readRecorded, readTruth } from './facts.ts'
import type { Place } from './faults/fault.ts'
import { FAULTS, type FaultName } from './faults/index.ts'
import { startMovers } from './movers.ts'
import { personAt } from './people.ts'
import { madeChannels, makeRooms, type Room, roomsOf } from './rooms.ts'
import { type Step, schedule } from './schedule.ts'
import { signIn } from './sign-in.ts'
import { PROCESSES, type Stage } from './stage/index.ts'

export type RoundOptions = {
  round: number
  seed: number
  seconds: number
  people: number
  /** Milliseconds between two things that one person does, on the average. */
  paceMs: number
  faults: readonly FaultName[]
  /** Without any progress for so long, what is missing counts as never coming. */
  patienceMs: number
  said(line: string): void
}
export type Round = {
  findings: string[]
  injected: FaultName[]
  counts: {
    sent: number
    acknowledged: number
    changes: number
    moves: number
    channels: number
    choices: number
    crashes: number
    heard: number
  }
}

const LOADS = 2
const LOOK_MS = 500

/** People talk while things go wrong; then everything is healed, comes to rest, and is looked at. */
export async function playRound(stage: Stage, options: RoundOptions): Promise<Round> {
  const { seed, seconds, people, said, faults } = options
  const rooms = roomsOf(options.round, people)
  await makeRooms(stage.db, rooms)
  const api = `http://127.0.0.1:${stage.fronts.api.port}`
  const browsers = new Map<Id, Browser>()
  for (const person of everybody(people))
    browsers.set(person, new Browser(api, person, await signIn(stage.db, person, seconds * 1_000)))
  const crowds = openCrowds(LOADS)
  try {
    await crowds.open(await placed(stage.db, rooms, options), {
      ...{ api, seed, paceMs: options.paceMs },
    })
    said(`${people} people are in; they talk for ${seconds} s`)
    const movers = startMovers(stage, rooms, { seed, browsers })
    await crowds.all({ do: 'talk' })
    const injected = await inject(
      { stage, crowds },
      schedule(seed, seconds * 1_000, faults),
      seconds * 1_000,
      said,
    )
    said('everything is healed; people finish')
    await Promise.all(PROCESSES.map((name) => stage.parts[name].process.up()))
    // whoever hangs on a socket that is dead need not wait for heartbeats
    await crowds.all({ do: 'online' })
    const moves = await movers.stop()
    await crowds.all({ do: 'hush' })

    const findings = await comeToRest({ stage, crowds }, rooms, options)
    rooms.push(...(await madeChannels(stage.db)))
    said('everything is at rest; what everybody did and is shown is checked')
    if (findings.length === 0) {
      const truth = await readTruth(stage.db, rooms)
      findings.push(...(await crowds.all({ do: 'compare', truth })).flat())
    }
    const histories = (await crowds.all({ do: 'histories' })).flat()
    const failures = [...histories, ...browsers.values()].flatMap((one) => one.failures)
    findings.unshift(
      ...check({ rooms, histories, moves, failures, ...(await readRecorded(stage.db, rooms)) }),
    )
    await crowds.all({ do: 'close' })
    const count = (of: (one: (typeof histories)[number]) => number) =>
      histories.reduce((sum, one) => sum + of(one), 0)
    return {
      ...{ findings, injected },
      counts: {
        sent: count((one) => one.sent.length),
        acknowledged: count((one) => new Set(one.acknowledged.map(({ id }) => id)).size),
        changes: count((one) => one.changes.length),
        moves: moves.length,
        channels: count((one) => one.channels.length),
        choices: count((one) => one.chosen.length),
        crashes: count((one) => one.crashes),
        heard: count((one) => one.heard.length),
      },
    }
  } finally {
    await crowds.close()
  }
}

const everybody = (people: number): Id[] => Array.from({ length: people }, (_, i) => personAt(i))

const placed = (db: Database, rooms: Room[], { people, seconds }: RoundOptions): Promise<Placed[]> =>
  Promise.all(
    everybody(people).map(async (person) => ({
      person,
      always: rooms.filter((room) => !room.moving && room.members.includes(person)).map((room) => room.id),
      cookies: await signIn(db, person, seconds * 1_000),
    })),
  )

async function inject(
  place: Place,
  steps: Step[],
  ms: number,
  said: (line: string) => void,
): Promise<FaultName[]> {
  const began = performance.now()
  const until = (at: number) => sleep(Math.max(0, at - (performance.now() - began)))
  const under: Promise<void>[] = []
  for (const step of steps) {
    await until(step.at)
    said(
      `${(step.at / 1_000).toFixed(1)} s: ${step.fault} ${step.target} for ${(step.ms / 1_000).toFixed(1)} s`,
    )
    under.push(one(step))
  }
  await until(ms)
  await Promise.all(under)
  return steps.map((step) => step.fault)

  async function one({ fault, target, ms, strength }: Step): Promise<void> {
    const heal = await FAULTS[fault].begin(place, target, strength)
    await sleep(ms)
    await heal()
  }
}

/**
 * Waits until every client has heard of everything without asking, and until nothing is left to be told.
 * @returns what is still missing when nothing has moved for too long
 */
async function comeToRest(
  { stage, crowds }: Place,
  rooms: Room[],
  { patienceMs, said }: RoundOptions,
): Promise<string[]> {
  let before = ''
  let moved = performance.now()
  for (;;) {
    const truth = await readTruth(stage.db, [...rooms, ...(await madeChannels(stage.db))])
    const missing = (await crowds.all({ do: 'lagging', truth })).flat()
    // a notification waits its time, and there is no mail server here
    const [outbox] = await stage.db.sql<{ n: number }>`
      SELECT count(*)::int AS n FROM outbox WHERE payload NOT LIKE '{"job":%'`
    if (missing.length === 0 && outbox!.n === 0) return []
    if (outbox!.n > 0)
      missing.push(`${outbox!.n} changes wait in the outbox to be told, or for what follows from them.`)
    const now = missing.join('\n')
    if (now !== before) moved = performance.now()
    before = now
    if (performance.now() - moved > patienceMs) {
      said(`nothing has moved for ${patienceMs / 1_000} s`)
      const standing = (await crowds.all({ do: 'standing' })).flat()
      return [...missing.slice(0, 20), ...standing.slice(0, 20)].map((sentence) => `at rest: ${sentence}`)
    }
    await sleep(LOOK_MS)
  }
}
