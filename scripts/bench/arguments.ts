import { inRange, oneOf, parse, placeOf, type Range, someOf, wholeNumber } from '../arguments.ts'
import { GROUP_NAMES, type GroupName } from './figures/index.ts'
import { PEERS, type Peer } from './peer.ts'

const RANGES = {
  rounds: { least: 1, most: 100 },
  seconds: { least: 1, most: 600 },
  /** From what it is compared with up to what a disk may hold: 30 GB. */
  history: { least: 100_000, most: 100_000_000 },
} as const satisfies Record<string, Range>

export const USAGE = `npm run bench -- [--only GROUP,…] [--rounds 3] [--seconds 8] [--history 10000000]
                 [--peer ${PEERS.join('|')}] [--out FILE]

  --only       of the groups these alone, with commas between
  --rounds     each figure is the median of so many: ${inRange(RANGES.rounds)}
  --seconds    for which each rate is measured: ${inRange(RANGES.seconds)}
  --history    messages of the past year, for growth: ${inRange(RANGES.history)}
  --peer       a server of somebody else's making, on which the same is done in the same run
  --out        where all figures are written to as well, as the table of docs/benchmarks.md

Groups: ${GROUP_NAMES.join(' ')}

A line of JSON for each figure is on standard output, what is being done on standard error.`

export type Wanted = {
  only: GroupName[]
  rounds: number
  seconds: number
  history: number
  peer: Peer | null
  out: string | null
}

/** @throws WrongUsage */
export function readArguments(args: string[]): Wanted {
  const { values } = parse(args, {
    only: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '8' },
    history: { type: 'string', default: '10000000' },
    peer: { type: 'string' },
    out: { type: 'string' },
  })
  return {
    only: values.only === undefined ? GROUP_NAMES : someOf(GROUP_NAMES, values.only, 'figure group'),
    rounds: wholeNumber(values.rounds, '--rounds', RANGES.rounds),
    seconds: wholeNumber(values.seconds, '--seconds', RANGES.seconds),
    history: wholeNumber(values.history, '--history', RANGES.history),
    peer: values.peer === undefined ? null : oneOf<Peer>(PEERS, values.peer, 'peer'),
    out: values.out ? placeOf(values.out) : null,
  }
}
