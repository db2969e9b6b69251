import { cpus } from 'node:os'
import { CannotStart, leaveNothing } from '@parley/devstack'
import { readOrExit } from './arguments.ts'
import { readArguments, USAGE } from './bench/arguments.ts'
import { findEjabberd } from './bench/ejabberd/find-ejabberd.ts'
import { GROUPS } from './bench/figures/index.ts'
import { type Figure, say } from './bench/report.ts'
import { openStage } from './bench/stage.ts'
import { openTable } from './bench/table.ts'
import { whenAskedToEnd } from './when-asked-to-end.ts'

/**
 * `npm run bench`: one line of JSON for each figure on standard output, what is being done on standard error.
 * Everything, the load too, runs on this machine: compare ratios, and CPU rather than time where others use it too.
 */
const wanted = readOrExit(USAGE, process.argv.slice(2), readArguments)
const writeTable = prepare()
leaveNothing()
whenAskedToEnd((code) => process.exit(code))
say(
  `On ${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.versions.node}: medians of ${wanted.rounds} rounds.`,
)
const figures: Figure[] = []
for (const [nth, name] of wanted.only.entries()) {
  say(`${name}, group ${nth + 1} of ${wanted.only.length}`)
  const stage = await openStage(wanted.peer)
  try {
    for (const one of await GROUPS[name](stage, wanted.rounds, wanted.seconds * 1_000, wanted.history)) {
      process.stdout.write(`${JSON.stringify(one)}\n`)
      figures.push(one)
    }
    writeTable(figures)
  } finally {
    await stage.close()
  }
}
process.exit(figures.length > 0 ? 0 : 1)

/** Before anything is measured, what a person has to mend: no peer, or nowhere to write. @returns what writes the table */
function prepare(): (figures: readonly Figure[]) => void {
  try {
    if (wanted.peer) findEjabberd()
    return wanted.out ? openTable(wanted.out, wanted.peer) : () => {}
  } catch (error) {
    if (!(error instanceof CannotStart)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(2)
  }
}
