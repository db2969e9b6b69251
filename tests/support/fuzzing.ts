import { randomInt } from 'node:crypto'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'

/** Of this run (`npm run fuzz`): the same seed draws the same again. */
export const SEED = Number(process.env.PARLEY_FUZZ_SEED ?? randomInt(1_000_000_000))
/** For so long each fuzzer goes on; a short while when it is one test among others. */
export const MINUTES = Number(process.env.PARLEY_FUZZ_MINUTES ?? 0.1)

/** The `nth` value of this run. */
export const drawn = <Value>(from: fc.Arbitrary<Value>, nth: number): Value =>
  fc.sample(from, { seed: mixed(SEED + nth), numRuns: 1 })[0]!

/** Neighbours draw alike unless their seeds are far apart: the last step of MurmurHash3. */
function mixed(seed: number): number {
  const half = Math.imul(seed ^ (seed >>> 16), 0x85ebca6b)
  const most = Math.imul(half ^ (half >>> 13), 0xc2b2ae35)
  return (most ^ (most >>> 16)) | 0
}

/** What a process may hold more of after thousands of attacks than after the first of them. */
export const HEAP_SLACK = 24 * 1_048_576

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Bytes that are still of use to somebody. */
export function heapNow(): number {
  collect()
  return process.memoryUsage().heapUsed
}
