import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { positive } from './arguments.ts'
import { run } from './test/run.ts'

/**
 * `npm run fuzz`: whatever may come over a socket, by requests or as a call, each for as long as wanted. The same seed
 * sends the same again.
 */
const USAGE = 'npm run fuzz -- [--minutes 5] [--seed N] [--only frames,polls,procedures,rest]'
const FUZZERS = {
  frames: 'apps/realtime/test/fuzz/frames.test.ts',
  polls: 'apps/realtime/test/fuzz/polls.test.ts',
  procedures: 'packages/api/test/fuzz/procedures.test.ts',
  rest: 'packages/api/test/fuzz/rest.test.ts',
} as const satisfies Record<string, string>

const { minutes, seed, files } = readArguments()
process.stderr.write(`${minutes} minutes each with seed ${seed}.\n`)
const succeeded = await run('vitest', ['run', '--no-file-parallelism', ...files], {
  PARLEY_FUZZ_MINUTES: String(minutes),
  PARLEY_FUZZ_SEED: String(seed),
})
process.exit(succeeded ? 0 : 1)

function readArguments(): { minutes: number; seed: number; files: string[] } {
  try {
    const { values } = parseArgs({
      options: {
        minutes: { type: 'string', default: '5' },
        seed: { type: 'string', default: String(randomInt(1_000_000_000)) },
        only: { type: 'string', default: Object.keys(FUZZERS).join(',') },
      },
    })
    return {
      minutes: positive(values.minutes, '--minutes'),
      seed: positive(values.seed, '--seed'),
      files: values.only.split(',').map(fileOf),
    }
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n${USAGE}\n`)
    process.exit(2)
  }
}

function fileOf(name: string): string {
  if (Object.hasOwn(FUZZERS, name)) return FUZZERS[name as keyof typeof FUZZERS]
  throw new Error(`--only takes ${Object.keys(FUZZERS).join(', ')}, with commas between, not "${name}".`)
}
