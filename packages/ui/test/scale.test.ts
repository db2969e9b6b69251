import { expect, test } from 'vitest'
import { labelsThatFit, ticksFor } from '../src/charts/scale.ts'

test('ticks begin at nothing and end at or above the largest figure', () => {
  expect(ticksFor(830)).toEqual([0, 250, 500, 750, 1000])
  expect(ticksFor(1000)).toEqual([0, 250, 500, 750, 1000])
  expect(ticksFor(1001)).toEqual([0, 500, 1000, 1500])
})

test('what is counted has no halves', () => {
  expect(ticksFor(3)).toEqual([0, 1, 2, 3])
  expect(ticksFor(9)).toEqual([0, 3, 6, 9])
})

test('what is measured may have them', () => {
  expect(ticksFor(0.83, false)).toEqual([0, 0.25, 0.5, 0.75, 1])
})

test('a chart of nothing still has a scale', () => {
  expect(ticksFor(0)).toEqual([0, 1])
  expect(ticksFor(Number.NaN)).toEqual([0, 1])
})

test('the last moment is always named, and names do not touch', () => {
  expect(labelsThatFit(30, 600, 60)).toEqual([2, 5, 8, 11, 14, 17, 20, 23, 26, 29])
  expect(labelsThatFit(3, 600, 60)).toEqual([0, 1, 2])
})
