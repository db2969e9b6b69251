import { expect, test } from 'vitest'
import { placeBeside } from '../src/place-beside.ts'

const view = { width: 1_000, height: 800 }
const layer = { left: 0, top: 0, width: 100, height: 24 }
const anchor = (left: number, top: number) => ({ left, top, width: 40, height: 40 })

test('a layer stands above its anchor, in the middle of it', () => {
  expect(placeBeside(anchor(500, 400), layer, 'top', view)).toEqual({ x: 470, y: 370 })
})

test('where there is no room above, it stands below', () => {
  expect(placeBeside(anchor(500, 10), layer, 'top', view)).toEqual({ x: 470, y: 56 })
})

test('at the edge of the window it moves inward', () => {
  expect(placeBeside(anchor(0, 400), layer, 'top', view).x).toBe(8)
  expect(placeBeside(anchor(980, 400), layer, 'bottom', view).x).toBe(892)
})

test('where neither side has room, it stays inside the window', () => {
  const tall = { left: 0, top: 0, width: 100, height: 790 }
  expect(placeBeside(anchor(500, 400), tall, 'top', view).y).toBe(8)
})
