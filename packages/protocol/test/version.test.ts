import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { clientFrame } from '../src/frames.ts'
import { OLDEST_PROTOCOL, PROTOCOL } from '../src/version.ts'

/** Key order is of no account. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  )
}

/** What the server takes from clients, by version. A version that is served keeps its line. */
const HASHES: Record<number, string> = {
  3: '412661fbd0146626',
  4: '64b737858f2f14b1',
}

test('what clients send does not change without a new version', () => {
  const schema = JSON.stringify(sorted(z.toJSONSchema(clientFrame)))
  const hash = createHash('sha256').update(schema).digest('hex').slice(0, 16)
  expect(
    hash,
    'The frames changed. If an older peer would misread one, raise PROTOCOL and say why in version.ts; then note the hash here.',
  ).toBe(HASHES[PROTOCOL])
})

test('the present version is served, and every one that is has its hash', () => {
  expect(OLDEST_PROTOCOL).toBeLessThanOrEqual(PROTOCOL)
  for (let version = OLDEST_PROTOCOL; version <= PROTOCOL; version++) expect(HASHES[version]).toBeDefined()
})
