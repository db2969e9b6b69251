import { expect, it } from 'vitest'
import { endAt } from '../features/presence/ends.ts'

/** A Wednesday. */
const now = new Date(2026, 2, 4, 13, 20)

it('ends what has a length after it', () => {
  expect(endAt('half-hour', now)).toBe(new Date(2026, 2, 4, 13, 50).getTime())
  expect(endAt('hour', now)).toBe(new Date(2026, 2, 4, 14, 20).getTime())
  expect(endAt('none', now)).toBe(null)
})

it("ends today at Alice's midnight, and the week with Sunday", () => {
  const monday = new Date(2026, 2, 9).getTime()
  expect(endAt('today', now)).toBe(new Date(2026, 2, 5).getTime())
  expect(endAt('week', now)).toBe(monday)
  expect(endAt('week', new Date(2026, 2, 8, 23, 59))).toBe(monday)
  expect(endAt('week', new Date(2026, 2, 2, 0, 0))).toBe(monday)
})

it('ends nothing at once, not even a minute before midnight', () => {
  const late = new Date(2026, 2, 8, 23, 59, 30)
  for (const end of ['half-hour', 'hour', 'today', 'week'] as const)
    expect(endAt(end, late)).toBeGreaterThan(late.getTime())
})
