import type { IncomingMessage } from 'node:http'
import { LIMITS } from '@parley/protocol'
import { expect, test } from 'vitest'
import { BOUNDS } from '../src/gateway/bounds.ts'
import type { Connection } from '../src/gateway/connection.ts'
import { openArrivals } from '../src/gateway/polls/arrivals.ts'

const PART = LIMITS.frameBytes / 2

/** Requests of people, of which a part comes; each of a session of its own. */
function openAll() {
  const begin = openArrivals()
  return (person: object) => {
    let isCut = false
    const request = {
      destroy() {
        isCut = true
      },
    } as IncomingMessage
    const connection = { stage: { at: 'inside', person } } as unknown as Connection
    const arrival = begin(request)
    expect(arrival.isFor({ connection, arriving: 0 })).toBe(true)
    return { ...arrival, isCut: () => isCut }
  }
}

test('mallory’s requests hold so much together, whether or not the rest of them has come, until they are answered', () => {
  const begin = openAll()
  const mallory = {}
  const many = Array.from({ length: BOUNDS.arrivingOfOneBytes / PART }, () => begin(mallory))
  expect(many.map((one) => one.has(PART, 0))).not.toContain(false)
  many[0]!.whole()
  const more = begin(mallory)
  expect(more.has(1, 0)).toBe(false)
  more.over()
  expect(begin({}).has(PART, 0)).toBe(true)
  many[0]!.over()
  expect(begin(mallory).has(PART, 0)).toBe(true)
})

test('a request in very small pieces counts as what they cost', () => {
  const begin = openAll()
  expect(begin({}).has(BOUNDS.chunks, BOUNDS.chunks)).toBe(true)
  const mallory = {}
  const pieces = BOUNDS.arrivingOfOneBytes / 2 / BOUNDS.pieceBytes
  expect(begin(mallory).has(1, pieces)).toBe(true)
  expect(begin(mallory).has(1, pieces)).toBe(false)
})

test('when many people’s requests hold too much together, the one that has been on its way for longest is cut off', () => {
  const begin = openAll()
  const crowd = Array.from({ length: BOUNDS.arrivingBytes / PART }, () => begin({}))
  for (const one of crowd) one.has(PART, 0)
  expect(crowd.filter((one) => one.isCut())).toHaveLength(0)
  // one that has come whole is bounded by its person
  crowd[0]!.whole()
  const alice = begin({})
  alice.has(PART, 0)
  expect(crowd.filter((one) => one.isCut())).toHaveLength(0)
  alice.has(PART + 1, 0)
  expect(alice.isCut()).toBe(false)
  expect(crowd.filter((one) => one.isCut())).toEqual([crowd[1]])
  for (const one of [...crowd, alice]) one.over()
  const again = Array.from({ length: BOUNDS.arrivingBytes / PART }, () => begin({}))
  for (const one of again) one.has(PART, 0)
  expect(again.filter((one) => one.isCut())).toHaveLength(0)
})
