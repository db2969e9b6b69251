import { expect, test } from 'vitest'
import { type LocalPerson, personOf } from '../src/delivery/local.ts'
import { BOUNDS } from '../src/gateway/bounds.ts'
import { departed } from '../src/gateway/departed.ts'

const NOW = 1_000_000

const someone = (id: number, restedAt: number): LocalPerson => ({
  ...personOf({ people: new Map(), conversations: new Map(), passed: null }, String(id)),
  restedAt,
})
/** What still counts of somebody who comes back. */
function recalled(from: ReturnType<typeof departed>, id: number): number {
  const back = someone(id, 0)
  from.recall(back)
  return back.restedAt
}

test('of people who have gone so many are remembered, and the longest gone are forgotten first', () => {
  const gone = departed()
  for (let id = 0; id <= BOUNDS.departed; id++) gone.keep(someone(id, NOW + 5_000), NOW)
  expect(recalled(gone, 0)).toBe(0)
  expect(recalled(gone, 1)).toBe(NOW + 5_000)
  expect(recalled(gone, BOUNDS.departed)).toBe(NOW + 5_000)
})

test('whoever came back and went again is remembered by the last time, and nobody when nothing of it counts', () => {
  const gone = departed()
  gone.keep(someone(1, NOW + 5_000), NOW)
  gone.keep(someone(1, NOW + 6_000), NOW + 1)
  expect(recalled(gone, 1)).toBe(NOW + 6_000)
  expect(recalled(gone, 1)).toBe(0)
  gone.keep(someone(2, NOW), NOW)
  expect(recalled(gone, 2)).toBe(0)
})
