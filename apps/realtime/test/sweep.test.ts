import { expect, test } from 'vitest'
import { BOUNDS } from '../src/gateway/bounds.ts'
import type { Connection } from '../src/gateway/connection.ts'
import { sweep } from '../src/gateway/sweep.ts'

const NOW = 1_000_000

/** What becomes of a connection that has been so for `ms`. */
function sweptAfter(ms: number, at: 'door' | 'inside' | 'over', { behindMs = 0, received = 0 } = {}): string {
  let fate = 'stays'
  const connection = {
    stage: { at },
    heard: NOW - ms,
    behind: behindMs && NOW - behindMs,
    end(reason: string) {
      fate = reason
    },
    wire: {
      received,
      terminate() {
        fate = 'terminated'
      },
    },
  }
  sweep([connection as unknown as Connection], NOW)
  return fate
}

test('who says nothing for too long is ended, at the door sooner than inside', () => {
  expect(sweptAfter(BOUNDS.helloMs, 'door')).toBe('stays')
  expect(sweptAfter(BOUNDS.helloMs + 1, 'door')).toBe('idle')
  expect(sweptAfter(BOUNDS.idleMs, 'inside')).toBe('stays')
  expect(sweptAfter(BOUNDS.idleMs + 1, 'inside')).toBe('idle')
})

test('who has not said who they are may not say much', () => {
  expect(sweptAfter(0, 'door', { received: BOUNDS.doorBytes })).toBe('stays')
  expect(sweptAfter(0, 'door', { received: BOUNDS.doorBytes + 1 })).toBe('bad_frame')
  expect(sweptAfter(0, 'inside', { received: BOUNDS.doorBytes + 1 })).toBe('stays')
})

test('who stays behind for too long is ended, however much they say (rule 15)', () => {
  expect(sweptAfter(0, 'inside', { behindMs: BOUNDS.behindMs })).toBe('stays')
  expect(sweptAfter(0, 'inside', { behindMs: BOUNDS.behindMs + 1 })).toBe('behind')
})

test('who was told to go and does not is cut off', () => {
  expect(sweptAfter(BOUNDS.closingMs, 'over')).toBe('stays')
  expect(sweptAfter(BOUNDS.closingMs + 1, 'over')).toBe('terminated')
})
