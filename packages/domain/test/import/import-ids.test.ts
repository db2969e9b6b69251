import { compareIds, EPOCH, timeOf } from '@parley/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { claimPlaces } from '../../src/import/claim-places.ts'
import {
  conversationId,
  EARLIEST,
  IMPORT_NODES,
  idAtPlace,
  laneOf,
  nodeOf,
  personId,
  placeOf,
} from '../../src/import/import-ids.ts'

const lane = laneOf('CGENERAL')
const idOf = (ts: number) => idAtPlace(placeOf(ts, lane), nodeOf(lane))
const times = fc.integer({ min: EARLIEST, max: EARLIEST + 50 * 365 * 86_400 * 1_000_000 })

describe('the id of an imported message', () => {
  test('holds the millisecond at which it was posted', () => {
    fc.assert(
      fc.property(times, (ts) => {
        expect(timeOf(idOf(ts))).toBe(Math.floor(ts / 1_000))
      }),
    )
  })

  test('stands in the order of posting, to the microsecond', () => {
    fc.assert(
      fc.property(times, fc.integer({ min: 1, max: 5_000 }), (ts, later) => {
        expect(compareIds(idOf(ts), idOf(ts + later))).toBeLessThan(0)
      }),
    )
  })

  test('is made as a node that no running process leases', () => {
    fc.assert(
      fc.property(fc.string(), times, (conversation, ts) => {
        const own = laneOf(conversation)
        const node = Number((BigInt(idAtPlace(placeOf(ts, own), nodeOf(own))) >> 12n) & 1_023n)
        expect(node).toBeGreaterThanOrEqual(IMPORT_NODES.first)
        expect(node).toBeLessThan(IMPORT_NODES.first + IMPORT_NODES.count)
      }),
    )
  })

  test('is the same on every machine and in every run', () => {
    expect(idOf(1_577_836_800_123_456)).toBe('661720243105453856')
    expect(personId('slack:UALICE')).toBe(personId('slack:UALICE'))
    expect(conversationId('CGENERAL', EPOCH + 5_000)).toBe(conversationId('CGENERAL', EPOCH + 5_000))
    expect(Math.floor((timeOf(conversationId('CGENERAL', EPOCH + 5_000)) - EPOCH) / 1_000)).toBe(5)
  })
})

describe('conversations that share a lane', () => {
  test('never share an id, however many messages fall into one microsecond, and each keeps its order', () => {
    const channel = fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { maxLength: 30 })
    fc.assert(
      fc.property(fc.array(channel, { minLength: 2, maxLength: 8 }), (channels) => {
        const taken = new Set<number>()
        const all: number[] = []
        for (const offsets of channels) {
          const posted = offsets.sort((a, b) => a - b).map((offset) => EARLIEST + offset)
          const moved = claimPlaces(posted, lane, taken)
          const places = posted.map((ts) => moved.get(ts) ?? placeOf(ts, lane))
          expect(places).toEqual([...places].sort((a, b) => a - b))
          all.push(...places)
        }
        expect(new Set(all).size).toBe(all.length)
      }),
    )
  })

  test('leave alone whatever does not collide', () => {
    const taken = new Set<number>()
    expect(claimPlaces([EARLIEST, EARLIEST + 7], lane, taken).size).toBe(0)
    expect([...claimPlaces([EARLIEST + 3, EARLIEST + 7], lane, taken).keys()]).toEqual([EARLIEST + 7])
  })
})
