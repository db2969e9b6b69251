import { NOTHING_CHOSEN } from '@parley/protocol'
import { expect, test } from 'vitest'
import { devices } from '../src/presence/devices.ts'

const BOB = '7'
const INVISIBLE = { ...NOTHING_CHOSEN, availability: 'invisible' } as const

test('of invisible bob nothing is told when Redis forgets, least of all when he came (rule 8)', () => {
  const here = devices('one', () => 1_000)
  here.arrived(BOB)
  here.chose(BOB, INVISIBLE)
  expect(here.changed()).toEqual([])
  here.forgotten()
  expect(here.changed()).toEqual([])
  here.chose(BOB, NOTHING_CHOSEN)
  expect(here.changed()).toMatchObject([{ seen: 'active' }])
  here.forgotten()
  expect(here.changed()).toMatchObject([{ seen: 'active' }])
})

test('that bob was here while he was invisible is not told when he is seen again, idle by then (rule 8)', () => {
  let time = 1_000
  const here = devices('one', () => time)
  here.arrived(BOB)
  here.chose(BOB, INVISIBLE)
  expect(here.changed()).toEqual([])
  time = 5_000
  here.became(BOB, true)
  time = 9_000
  here.chose(BOB, NOTHING_CHOSEN)
  expect(here.changed()).toMatchObject([{ seen: 'idle', lastActive: 0 }])
  here.became(BOB, false)
  expect(here.changed()).toMatchObject([{ seen: 'active', lastActive: 9_000 }])
})
