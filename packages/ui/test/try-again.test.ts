import { expect, test } from 'vitest'
import { pauseAfter } from '../src/try-again.ts'

test('a page that failed comes again after two seconds at most, later less often, and never after more than half a minute', () => {
  const longest = [1, 2, 3, 4, 5, 6, 1_000].map((failures) => pauseAfter(failures, () => 1))
  expect(longest).toEqual([2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000])
})

test('pages that failed together do not come again together', () => {
  const soonest = [1, 2, 5].map((failures) => pauseAfter(failures, () => 0))
  expect(soonest).toEqual([1_000, 2_000, 15_000])
})
