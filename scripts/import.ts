import path from 'node:path'
import { openSlackExport } from '@parley/adapters/slack-export/index'
import { isUnavailable, openDatabase } from '@parley/db'
import { CannotStart } from '@parley/devstack'
import {
  ExportProblem,
  IMPORT_NODES,
  type Imported,
  ImportStopped,
  runImport,
  type SlackExport,
  scanExport,
} from '@parley/domain/import/index'
import { idSource } from '@parley/protocol'
import { readOrExit } from './arguments.ts'
import { readArguments, USAGE, type Wanted } from './import/arguments.ts'
import { describeImported } from './import/describe-imported.ts'
import { describeReport } from './import/describe-report.ts'
import { onTerminal } from './import/on-terminal.ts'
import { progressBar } from './import/progress-bar.ts'
import { runningSuite } from './start/running-suite.ts'

/** `npm run import`: 0 when all is well, 1 for an export or a database that will not do, 2 for a wrong call, 130 for Ctrl-C. */
const root = path.dirname(import.meta.dirname)
const say = (lines: readonly string[]) => void process.stdout.write(onTerminal(lines))

/** What is on its way may be let go: a batch is written whole or not at all. */
let begun = false
process.once('SIGINT', () => {
  const next = begun ? 'Run the same command again: it goes on where it stopped.' : 'Nothing was imported.'
  process.stderr.write(onTerminal(['', `Interrupted. ${next}`]))
  process.exit(130)
})

const wanted = readOrExit(USAGE, process.argv.slice(2), (args) =>
  readArguments(args, process.env.INIT_CWD ?? process.cwd()),
)
try {
  const source = await openSlackExport(wanted.file)
  try {
    process.exitCode = await importExport(wanted, source)
  } finally {
    await source.close()
  }
} catch (error) {
  const [code, lines] = explain(error)
  process.stderr.write(onTerminal(lines))
  process.exitCode = code
}

async function importExport({ dryRun, unknownPeople }: Wanted, source: SlackExport): Promise<number> {
  const reading = progressBar(process.stdout, 'Reading  ', 'bytes')
  const scan = await scanExport(source, { unknownPeople, progress: reading.at })
  reading.end()
  say(['', ...describeReport(scan.report)])
  if (scan.report.problems.length > 0) {
    say(['Nothing was imported.'])
    return 1
  }
  if (dryRun) {
    say(['This was a dry run: nothing was written. Leave out --dry-run to import.'])
    return 0
  }
  const url = process.env.DATABASE_URL ?? runningSuite(root, process.env).DATABASE_URL!
  const db = openDatabase(url, { max: 2, name: 'parley-import' })
  try {
    const newId = idSource(IMPORT_NODES.first + IMPORT_NODES.count - 1)
    const writing = progressBar(process.stdout, 'Importing', 'messages')
    begun = true
    const operator = { kind: 'system', name: 'npm run import' } as const
    const imported: Imported = await runImport({ db, newId }, operator, source, scan, writing.at)
    writing.end()
    say(describeImported(imported))
    return 0
  } finally {
    await db.close()
  }
}

/** SQLSTATE 42P01, undefined_table. */
const lacksTables = (error: unknown) => error instanceof Error && 'code' in error && error.code === '42P01'

function explain(error: unknown): [code: number, lines: string[]] {
  if (error instanceof ExportProblem)
    return [1, [`${error.file ?? 'The export'}: ${error.message}`, 'Nothing was imported.']]
  if (error instanceof ImportStopped || error instanceof CannotStart) return [1, [error.message]]
  if (isUnavailable(error))
    return [
      1,
      ['The database does not answer. What was imported so far is kept: run the same command again.'],
    ]
  if (lacksTables(error))
    return [1, ['The database has no tables yet: start Parley on it once, then import.']]
  return [
    1,
    [
      'Something failed that should not. Run the same command again: it goes on where it stopped.',
      String((error as Error)?.stack ?? error),
    ],
  ]
}
