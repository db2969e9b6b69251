import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Chromium } from './needs.ts'
import { run } from './run.ts'
import type { Tally } from './tally.ts'

type Suite = { specs: Spec[]; suites?: Suite[] }
type Spec = { title: string; tests: { status: string }[] }
export type Report = {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number }
  suites: Suite[]
}

/** People in browsers against the whole suite, started as `npm start` does. */
export async function runPlaywright(work: string, chromium: Chromium): Promise<Tally> {
  const file = path.join(work, 'playwright.json')
  const succeeded = await run('playwright', ['test', '--reporter=list,json'], {
    ...chromium.env,
    PARLEY_CHROMIUM: chromium.path,
    // the data of the suite that is tested, and whatever browsers leave when they are interrupted
    TMPDIR: work,
    PLAYWRIGHT_JSON_OUTPUT_NAME: file,
  })
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0, missing: [] }
  return readPlaywright(JSON.parse(readFileSync(file, 'utf8')) as Report, succeeded)
}

/** A test that passed only when it was repeated counts as failed: people do not get a second try either. */
export function readPlaywright({ stats, suites }: Report, succeeded: boolean): Tally {
  const failed = stats.unexpected + stats.flaky
  return {
    passed: stats.expected,
    failed: failed || (succeeded ? 0 : 1),
    skipped: stats.skipped,
    missing: specsIn(suites)
      .filter((spec) => spec.tests.some((test) => test.status === 'skipped'))
      .map((spec) => spec.title),
  }
}

/** Without a browser: how many tests that leaves out. */
export async function skipPlaywright(work: string): Promise<Tally> {
  const file = path.join(work, 'list.json')
  await run('playwright', ['test', '--list', '--reporter=json'], { PLAYWRIGHT_JSON_OUTPUT_NAME: file })
  const { suites } = JSON.parse(readFileSync(file, 'utf8')) as Report
  return {
    passed: 0,
    failed: 0,
    skipped: specsIn(suites).length,
    missing: ['Chromium: every test in a browser'],
  }
}

function specsIn(suites: Suite[]): Spec[] {
  return suites.flatMap((suite) => [...suite.specs, ...specsIn(suite.suites ?? [])])
}
