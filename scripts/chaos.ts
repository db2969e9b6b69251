import path from 'node:path'
import { CannotStart, leaveNothing, temporaryFolder } from '@parley/devstack'
import { readOrExit } from './arguments.ts'
import { readArguments, USAGE } from './chaos/arguments.ts'
import { FAULT_NAMES } from './chaos/faults/index.ts'
import { type Ran, runChaos } from './chaos/run.ts'
import { build } from './start/build.ts'
import { whenAskedToEnd } from './when-asked-to-end.ts'

/**
 * `npm run chaos`: real processes, people who talk, and everything that may go wrong; then a checker that takes all
 * histories. Progress on standard error, the summary on standard output; exit code 1 when something was found.
 */
const root = path.dirname(import.meta.dirname)
const wanted = readOrExit(USAGE, process.argv.slice(2), readArguments)
leaveNothing()
whenAskedToEnd((code) => process.exit(code))
const began = performance.now()
const said = (line: string) =>
  process.stderr.write(`${((performance.now() - began) / 1_000).toFixed(1).padStart(7)}  ${line}\n`)
if (wanted.pages) await buildPages()
const ran = await runChaos({ ...wanted, said })
process.stdout.write(`${summary(ran)}\n`)
process.exit(ran.findings.length > 0 ? 1 : 0)

async function buildPages(): Promise<void> {
  const logs = temporaryFolder('chaos-build')
  said('the web client is built where a source has changed since')
  try {
    await build({
      root,
      logs: logs.path,
      only: 'web',
      detail: () => {},
      signal: new AbortController().signal,
    })
    logs.remove()
  } catch (error) {
    if (!(error instanceof CannotStart)) throw error
    // it names the log
    logs.keep()
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  }
}

function summary({ findings, rounds, injected, counts }: Ran): string {
  const faults = FAULT_NAMES.map((name) => `  ${name.padEnd(20)} ${injected[name] ?? 0}`)
  const did = Object.entries(counts).map(([name, count]) => `${count} ${name}`)
  return [
    `${rounds} rounds with ${wanted.people} people: ${did.join(', ')}.`,
    'Faults:',
    ...faults,
    findings.length === 0 ? 'Nothing was found.' : `${findings.length} findings:`,
    ...findings.map((finding) => `  ${finding}`),
  ].join('\n')
}
