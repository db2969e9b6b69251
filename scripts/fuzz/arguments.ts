import { randomInt } from 'node:crypto'
import { inRange, number, parse, type Range, someOf, wholeNumber } from '../arguments.ts'

const FUZZERS = {
  frames: 'apps/realtime/test/fuzz/frames.test.ts',
  polls: 'apps/realtime/test/fuzz/polls.test.ts',
  procedures: 'packages/api/test/fuzz/procedures.test.ts',
  rest: 'packages/api/test/fuzz/rest.test.ts',
} as const satisfies Record<string, string>
type Fuzzer = keyof typeof FUZZERS
const NAMES = Object.keys(FUZZERS) as Fuzzer[]

const RANGES = {
  /** From what meets with every offence once, up to a week. */
  minutes: { least: 0.1, most: 10_080 },
  seed: { least: 0, most: 2_147_483_647 },
} as const satisfies Record<string, Range>

export const USAGE = `npm run fuzz -- [--minutes 5] [--seed N] [--only ${NAMES.join(',')}]

  --minutes    for which each of them goes on: ${inRange(RANGES.minutes)}
  --seed       sends the same again as the run that printed it: a whole number ${inRange(RANGES.seed)}
  --only       these alone, with commas between`

export type Wanted = { minutes: number; seed: number; files: string[] }

/** @throws WrongUsage */
export function readArguments(args: string[]): Wanted {
  const { values } = parse(args, {
    minutes: { type: 'string', default: '5' },
    seed: { type: 'string', default: String(randomInt(1_000_000_000)) },
    only: { type: 'string', default: NAMES.join(',') },
  })
  return {
    minutes: number(values.minutes, '--minutes', RANGES.minutes),
    seed: wholeNumber(values.seed, '--seed', RANGES.seed),
    files: someOf(NAMES, values.only, 'fuzzer').map((name) => FUZZERS[name]),
  }
}
