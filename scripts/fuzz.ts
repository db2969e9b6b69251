import { readOrExit } from './arguments.ts'
import { readArguments, USAGE } from './fuzz/arguments.ts'
import { run } from './test/run.ts'

/**
 * `npm run fuzz`: whatever may come over a socket, by requests or as a call, each for as long as wanted. The same seed
 * sends the same again.
 */
const { minutes, seed, files } = readOrExit(USAGE, process.argv.slice(2), readArguments)
process.stderr.write(`${minutes} minutes each with seed ${seed}.\n`)
const succeeded = await run('vitest', ['run', '--no-file-parallelism', ...files], {
  PARLEY_FUZZ_MINUTES: String(minutes),
  PARLEY_FUZZ_SEED: String(seed),
})
process.exit(succeeded ? 0 : 1)
