import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { run } from './test/run.ts'

/**
 * `npm run fuzz`: whatever may come over a socket, for as long as wanted. The same seed sends the same again.
 */
const USAGE = 'npm run fuzz -- [--minutes 5] [--seed N]'

const { minutes, seed } = readArguments()
process.stderr.write(`${minutes} minutes with seed ${seed}.\n`)
const succeeded = await run('vitest', ['run', 'apps/realtime/test/fuzz'], {
  PARLEY_FUZZ_MINUTES: String(minutes),
  PARLEY_FUZZ_SEED: String(seed),
})
process.exit(succeeded ? 0 : 1)

function readArguments(): { minutes: number; seed: number } {
  try {
    const { values } = parseArgs({
      options: {
        minutes: { type: 'string', default: '5' },
        seed: { type: 'string', default: String(randomInt(1_000_000_000)) },
      },
    })
    return { minutes: positive(values.minutes, '--minutes'), seed: positive(values.seed, '--seed') }
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n${USAGE}\n`)
    process.exit(2)
  }
}

function positive(text: string, name: string): number {
  const value = Number(text)
  if (Number.isFinite(value) && value > 0) return value
  throw new Error(`${name} must be a number above 0, not "${text}".`)
}
