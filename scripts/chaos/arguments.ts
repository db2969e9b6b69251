import { randomInt } from 'node:crypto'
import {
  inRange,
  number,
  oneOf,
  parse,
  placeOf,
  type Range,
  someOf,
  WrongUsage,
  wholeNumber,
} from '../arguments.ts'
import { BROKEN, BROKEN_NAMES, type Broken } from './broken/index.ts'
import { canHappen, FAULT_NAMES, type FaultName } from './faults/index.ts'
import type { RunOptions } from './run.ts'
import { REDIS_FORMS, type RedisForm } from './stage/redis.ts'

const RANGES = {
  /** A week. */
  minutes: { least: 0, most: 10_080 },
  seed: { least: 0, most: 2_147_483_647 },
  /** Fewer would leave a room without an owner. Two processes hold the clients of all of them. */
  people: { least: 3, most: 500 },
  pace: { least: 20, most: 60_000 },
  /** Seconds. A shorter one has hardly begun when its first fault does; histories of a longer one are kept in memory. */
  round: { least: 2, most: 3_600 },
} as const satisfies Record<string, Range>

/** What a broken build does not bring never comes. */
const BROKEN_PATIENCE_MS = 15_000

export const USAGE = `npm run chaos -- [--minutes 2] [--seed N] [--only FAULT,…] [--broken ${BROKEN_NAMES.join('|')}]
                 [--redis ${REDIS_FORMS.join('|')}] [--no-pages] [--people 50] [--pace 1500]
                 [--round 30] [--logs FOLDER]

  --minutes     rounds are begun for so long, the first one always: ${inRange(RANGES.minutes)}
  --seed        the same faults and dice as the round that printed it: a whole number ${inRange(RANGES.seed)}
  --only        of the faults these alone, with commas between
  --broken      a build that is broken on purpose, which must be found out
  --redis       one server, or several that stand in for each other
  --no-pages    the API without the pages of the web client, which have to be built
  --people      who talk: a whole number ${inRange(RANGES.people)}
  --pace        milliseconds between two things that one person does, on the average: ${inRange(RANGES.pace)}
  --round       seconds that people talk in a round: ${inRange(RANGES.round)}
  --logs        where what each process says is written to

Faults: ${FAULT_NAMES.join(' ')}

Progress is on standard error, the summary on standard output; exit code 1 when something was found.`

export type Wanted = Omit<RunOptions, 'said'>

/** @throws WrongUsage */
export function readArguments(args: string[]): Wanted {
  const { values } = parse(args, {
    minutes: { type: 'string', default: '2' },
    seed: { type: 'string', default: String(randomInt(1_000_000)) },
    only: { type: 'string' },
    broken: { type: 'string' },
    people: { type: 'string', default: '50' },
    pace: { type: 'string', default: '1500' },
    round: { type: 'string', default: '30' },
    logs: { type: 'string' },
    redis: { type: 'string', default: 'single' },
    'no-pages': { type: 'boolean', default: false },
  })
  const broken =
    values.broken === undefined ? null : oneOf<Broken>(BROKEN_NAMES, values.broken, 'broken build')
  const redis = oneOf<RedisForm>(REDIS_FORMS, values.redis, 'form of Redis')
  const usual: readonly FaultName[] = broken ? BROKEN[broken] : FAULT_NAMES
  return {
    minutes: number(values.minutes, '--minutes', RANGES.minutes),
    seed: wholeNumber(values.seed, '--seed', RANGES.seed),
    faults:
      values.only === undefined
        ? usual.filter((name) => canHappen(name, redis))
        : someOf<FaultName>(FAULT_NAMES, values.only, 'fault').map((name) => possible(name, redis)),
    broken,
    pages: !values['no-pages'],
    redis,
    ...(broken ? { patienceMs: BROKEN_PATIENCE_MS } : {}),
    people: wholeNumber(values.people, '--people', RANGES.people),
    paceMs: wholeNumber(values.pace, '--pace', RANGES.pace),
    seconds: wholeNumber(values.round, '--round', RANGES.round),
    ...(values.logs ? { logs: placeOf(values.logs) } : {}),
  }
}

function possible(fault: FaultName, redis: RedisForm): FaultName {
  if (canHappen(fault, redis)) return fault
  throw new WrongUsage(`${fault} needs --redis single: no wire stands before several servers.`)
}
