import { expect, test } from 'vitest'
import { compareIds, EPOCH, FIRST_IMPORT_NODE, idAt, idSource, MAX_NODE, timeOf } from '../src/ids.ts'

test('ids of one node rise, and are never given out twice, however many a millisecond takes', () => {
  const next = idSource(3, () => EPOCH + 1_000)
  const ids = Array.from({ length: 10_000 }, next)
  expect(new Set(ids).size).toBe(ids.length)
  for (let i = 1; i < ids.length; i++) expect(compareIds(ids[i - 1]!, ids[i]!)).toBeLessThan(0)
})

test('a clock that goes back makes no id that was there before', () => {
  let now = EPOCH + 5_000
  const next = idSource(3, () => now)
  const before = next()
  now -= 4_000
  expect(compareIds(before, next())).toBeLessThan(0)
})

test('two nodes never make the same id, and an id tells when it was made', () => {
  const at = Date.UTC(2026, 10, 24)
  expect(idAt(at, 1, 0)).not.toBe(idAt(at, 2, 0))
  expect(timeOf(idAt(at, MAX_NODE, 4_095))).toBe(at)
  expect(FIRST_IMPORT_NODE).toBeLessThan(MAX_NODE)
})

test('ids are ordered as numbers, not as text', () => {
  expect(compareIds('9', '10')).toBeLessThan(0)
  expect(compareIds('100', '99')).toBeGreaterThan(0)
  expect(compareIds('42', '42')).toBe(0)
})

test('a node that there cannot be is refused', () => {
  for (const node of [-1, MAX_NODE + 1, 1.5]) expect(() => idSource(node)).toThrow(RangeError)
})
