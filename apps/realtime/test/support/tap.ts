import { vi } from 'vitest'
import { Backlog } from '../../src/gateway/backlog.ts'
import { Connection, type Stage } from '../../src/gateway/connection.ts'
import { textFrame } from '../../src/gateway/frame.ts'
import type { Wire } from '../../src/gateway/wire.ts'

/** A wire whose other side takes what it is given, or does not. */
export function tap() {
  const writes: Buffer[] = []
  let waiting: (() => void)[] = []
  const wire = {
    takes: true,
    unsent: 0,
    received: 0,
    isPaused: false as boolean,
    write(frames: readonly Buffer[], bytes: number) {
      writes.push(Buffer.concat(frames, bytes))
      if (!wire.takes) wire.unsent += bytes
      return frames
    },
    whenTaken: (taken: () => void) => void waiting.push(taken),
    takeAll() {
      wire.takes = true
      wire.takeOne()
    },
    /** What is on its way, and nothing of what follows. */
    takeOne() {
      wire.unsent = 0
      const taken = waiting
      waiting = []
      for (const one of taken) one()
    },
    close: vi.fn(),
    terminate: vi.fn(),
    pause() {
      wire.isPaused = true
    },
    resume() {
      wire.isPaused = false
    },
  } satisfies Wire & Record<string, unknown>
  return { wire, writes }
}

/** A connection of somebody who was let in, over such a wire. */
export function connected(backlog = new Backlog(() => 0), person: object = { id: '1' }) {
  const { wire, writes } = tap()
  const connection = new Connection(wire, '', 0, backlog, { inside: 0 })
  connection.stage = { at: 'inside', renewed: 0, person } as unknown as Stage
  return { connection, wire, writes }
}

/** A live frame. */
export const events = (n: number, text = 'x') => textFrame(Buffer.from(JSON.stringify({ n, text })))
