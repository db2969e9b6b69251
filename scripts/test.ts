import { globSync } from 'node:fs'
import path from 'node:path'
import { leaveNothing, temporaryFolder } from '@parley/devstack'
import { parse, readOrExit } from './arguments.ts'
import { runSteps, STEPS } from './check.ts'
import { gather } from './test/needs.ts'
import { runPlaywright, skipPlaywright } from './test/playwright.ts'
import { run } from './test/run.ts'
import { add, NOTHING, summary, type Tally } from './test/tally.ts'
import { runVitest } from './test/vitest.ts'

/**
 * `npm test`: everything, with what it needs. What cannot be had on this machine is named and counted as skipped; it
 * never passes in silence.
 */
const USAGE = `npm test

  checks format, types and imports, runs every test against real PostgreSQL and Redis, builds both apps and opens
  them in Chromium. It takes no arguments: npm run check is the quick part of it, and

    npx vitest run tests/scripts/tally.test.ts
    npx playwright test tests/e2e/web/keyboard.spec.ts

  run one file of its tests.`
readOrExit(USAGE, process.argv.slice(2), (args) => parse(args, {}))

const root = path.dirname(import.meta.dirname)
leaveNothing()
const { path: work } = temporaryFolder('npm-test')
const title = (text: string) => console.log(`\n━━ ${text}`)

title('What the tests need')
const needs = gather()
for (const [name, found] of Object.entries(needs)) {
  console.log(
    `${name}: ${found === null ? 'cannot be had here' : typeof found === 'string' ? found : found.path}`,
  )
}

title('Check')
const wrong = runSteps(STEPS, root)
let total: Tally = { ...NOTHING, passed: STEPS.length - wrong.length, failed: wrong.length }
title('Rooms, against real PostgreSQL and Redis')
total = add(total, needs.redis ? await runVitest(work) : skipVitest())
title('People, in browsers')
total = add(total, await inBrowsers())

title('Result')
for (const name of wrong) console.log(`failed: ${name}`)
for (const [name, found] of Object.entries(needs)) if (!found) console.log(`cannot be had here: ${name}`)
for (const missing of total.missing) console.log(`skipped: ${missing}`)
console.log(summary(total))
process.exitCode = total.failed ? 1 : 0

function skipVitest(): Tally {
  const files = globSync(['packages/*/test/**/*.test.ts', 'apps/*/test/**/*.test.ts', 'tests/**/*.test.ts'], {
    cwd: root,
  })
  return { ...NOTHING, skipped: files.length, missing: [`Redis: ${files.length} files of tests`] }
}

async function inBrowsers(): Promise<Tally> {
  if (!needs.chromium || !needs.redis) return skipPlaywright(work)
  const built = await run('turbo', [
    'run',
    'build',
    '--concurrency=1',
    '--ui=stream',
    '--output-logs=new-only',
  ])
  if (!built) return { ...NOTHING, failed: 1 }
  return add({ ...NOTHING, passed: 1 }, await runPlaywright(work, needs.chromium))
}
