import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { run } from './run.ts'
import type { Tally } from './tally.ts'

type Report = {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  testResults: { name: string; assertionResults: { status: string; fullName: string }[] }[]
}

/** Everything that needs no browser. @param work a folder for the report */
export async function runVitest(work: string): Promise<Tally> {
  const file = path.join(work, 'vitest.json')
  const succeeded = await run('vitest', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ])
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0, missing: [] }
  return readVitest(JSON.parse(readFileSync(file, 'utf8')) as Report, succeeded)
}

/** A file that cannot even be loaded has no tests that could fail: the exit code tells of it. */
export function readVitest(report: Report, succeeded: boolean): Tally {
  const skipped = report.testResults.flatMap((result) =>
    result.assertionResults.filter(({ status }) => status !== 'passed' && status !== 'failed'),
  )
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests || (succeeded ? 0 : 1),
    skipped: skipped.length,
    missing: skipped.map((test) => test.fullName),
  }
}
