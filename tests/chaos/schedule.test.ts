import { expect, test } from 'vitest'
import { FAULT_NAMES, FAULTS } from '../../scripts/chaos/faults/index.ts'
import { schedule } from '../../scripts/chaos/schedule.ts'

const MINUTE = 60_000

test('the same seed brings the same faults upon the same parts at the same times, and another seed others', () => {
  const once = schedule(7, MINUTE, FAULT_NAMES)
  expect(schedule(7, MINUTE, FAULT_NAMES)).toEqual(once)
  expect(schedule(8, MINUTE, FAULT_NAMES)).not.toEqual(once)
})

test('within some minutes every fault there is comes up, and only the wanted ones when some are named', () => {
  const names = new Set(schedule(1, 5 * MINUTE, FAULT_NAMES).map(({ fault }) => fault))
  expect([...names].sort()).toEqual([...FAULT_NAMES].sort())
  const only = schedule(1, MINUTE, ['kill-node', 'pause-redis']).map(({ fault }) => fault)
  expect(new Set(only)).toEqual(new Set(['kill-node', 'pause-redis']))
})

test('no two faults have hold of the same part at once, and all are over when the people stop', () => {
  for (let seed = 0; seed < 50; seed++) {
    const steps = schedule(seed, MINUTE, FAULT_NAMES)
    for (const [i, one] of steps.entries()) {
      expect(one.at + one.ms).toBeLessThanOrEqual(MINUTE)
      const held = FAULTS[one.fault].holds(one.target)
      const others = steps.slice(i + 1).filter(({ at }) => at < one.at + one.ms)
      for (const other of others)
        expect(FAULTS[other.fault].holds(other.target).some((thing) => held.includes(thing))).toBe(false)
    }
  }
})
