import { beforeEach, expect, it } from 'vitest'
import { type ManualClock, manualClock } from '../../../packages/sync/test/manual-clock.ts'
import { IDLE_AFTER_MS, watchUse } from '../features/session/watch-use.ts'

let clock: ManualClock
let told: boolean[]
let page: EventTarget & { visibilityState: DocumentVisibilityState }
let end: () => void

beforeEach(() => {
  clock = manualClock()
  told = []
  page = Object.assign(new EventTarget(), { visibilityState: 'visible' as const })
  end = watchUse(page, clock, (idle) => told.push(idle))
})

it('takes Alice to be away when she has touched nothing for ten minutes', () => {
  clock.advance(IDLE_AFTER_MS - 1)
  expect(told).toEqual([])
  clock.advance(1)
  expect(told).toEqual([true])
})

it('counts from the last touch', () => {
  clock.advance(IDLE_AFTER_MS - 1)
  page.dispatchEvent(new Event('keydown'))
  clock.advance(IDLE_AFTER_MS - 1)
  expect(told).toEqual([])
  clock.advance(1)
  expect(told).toEqual([true])
})

it('has her back by a touch, and away again after it', () => {
  clock.advance(IDLE_AFTER_MS)
  page.dispatchEvent(new Event('pointermove'))
  expect(told).toEqual([true, false])
  clock.advance(IDLE_AFTER_MS)
  expect(told).toEqual([true, false, true])
})

it('has her back when the page comes to the front, and not when it goes behind', () => {
  clock.advance(IDLE_AFTER_MS)
  page.visibilityState = 'hidden'
  page.dispatchEvent(new Event('visibilitychange'))
  expect(told).toEqual([true])
  page.visibilityState = 'visible'
  page.dispatchEvent(new Event('visibilitychange'))
  expect(told).toEqual([true, false])
})

it('tells nothing once it is over', () => {
  end()
  clock.advance(IDLE_AFTER_MS)
  page.dispatchEvent(new Event('keydown'))
  expect(told).toEqual([])
})
