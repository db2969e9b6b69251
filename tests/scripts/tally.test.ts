import { expect, test } from 'vitest'
import { readPlaywright } from '../../scripts/test/playwright.ts'
import { add, NOTHING, summary } from '../../scripts/test/tally.ts'
import { readVitest } from '../../scripts/test/vitest.ts'

const vitest = (statuses: string[]) => ({
  numPassedTests: statuses.filter((status) => status === 'passed').length,
  numFailedTests: statuses.filter((status) => status === 'failed').length,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [
    { name: 'a.test.ts', assertionResults: statuses.map((status) => ({ status, fullName: `it ${status}` })) },
  ],
})

test('what was skipped is named, not only counted', () => {
  const tally = readVitest(vitest(['passed', 'skipped', 'failed', 'todo']), false)
  expect(tally).toEqual({ passed: 1, failed: 1, skipped: 2, missing: ['it skipped', 'it todo'] })
})

test('a test file that cannot be loaded is a failure, though no test in it failed', () => {
  expect(readVitest(vitest(['passed']), false)).toMatchObject({ passed: 1, failed: 1 })
})

test('a browser test that needed a second try has failed', () => {
  const suites = [
    { specs: [], suites: [{ specs: [{ title: 'bob waits', tests: [{ status: 'skipped' }] }] }] },
  ]
  const stats = { expected: 4, unexpected: 1, flaky: 1, skipped: 1 }
  expect(readPlaywright({ stats, suites }, true)).toEqual({
    passed: 4,
    failed: 2,
    skipped: 1,
    missing: ['bob waits'],
  })
})

test('parts add up to the last line of the run', () => {
  const total = add(
    { ...NOTHING, passed: 7, skipped: 1, missing: ['MinIO'] },
    { ...NOTHING, passed: 2, failed: 1 },
  )
  expect(summary(total)).toBe('9 passed, 1 failed, 1 skipped')
  expect(total.missing).toEqual(['MinIO'])
})
