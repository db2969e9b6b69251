import { describe, expect, test } from 'vitest'
import { BOUNDS } from '../src/gateway/bounds.ts'
import { load } from '../src/gateway/load.ts'

const { delayFull, delayEased, looks } = BOUNDS

describe('a node is full', () => {
  test('as soon as it has too many connections, until they have clearly become fewer', () => {
    const node = load(1_000)
    const at = (connections: number) => Array.from({ length: looks }, () => node.look(connections, 0)).at(-1)
    expect([at(1_000), at(1_001), at(1_000), at(951), at(950), at(1_000)]).toEqual([
      false,
      true,
      true,
      true,
      false,
      false,
    ])
  })

  test('when its event loop stays late, not for one late moment, until it has stayed punctual', () => {
    const node = load(1_000)
    for (let i = 1; i < looks; i++) expect(node.look(1, delayFull + 1)).toBe(false)
    expect(node.look(1, 0)).toBe(false)
    for (let i = 1; i < looks; i++) node.look(1, delayFull + 1)
    expect(node.look(1, delayFull + 1)).toBe(true)
    for (let i = 0; i < 10; i++) expect(node.look(1, delayEased + 1)).toBe(true)
    for (let i = 1; i < looks; i++) expect(node.look(1, 0)).toBe(true)
    expect(node.look(1, 0)).toBe(false)
  })
})

test('a few at a time are too many: down to where it has room, or as long as it is late', () => {
  const node = load(1_000)
  expect(node.tooMany(1_000)).toBe(0)
  node.look(1_001, 0)
  expect([1_001, 960, 950, 10].map(node.tooMany)).toEqual([21, 10, 0, 0])
  for (let i = 0; i < looks; i++) node.look(500, delayFull + 1)
  expect(node.tooMany(500)).toBe(10)
  expect(node.tooMany(1)).toBe(1)
})
