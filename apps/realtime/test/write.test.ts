import type { Socket } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { WebSocket } from 'ws'
import { BOUNDS } from '../src/gateway/bounds.ts'
import { frameOf, textFrame } from '../src/gateway/frame.ts'
import type { Node } from '../src/gateway/node.ts'
import { receive } from '../src/gateway/receive.ts'
import { SocketWire } from '../src/gateway/socket-wire.ts'
import { connected, events } from './support/tap.ts'

test('an acknowledgement and everything that came in the same turn leave in one write, in their order', async () => {
  const { connection, writes } = connected()
  const frames = [events(1), events(2)]
  connection.answer({ t: 'pong' })
  for (const frame of frames) connection.live(frame, 0)
  await turn()
  expect(writes).toEqual([Buffer.concat([frameOf({ t: 'pong' }), ...frames])])
})

test('what is more than one write can hold leaves in several, as fast as it is taken', async () => {
  const { connection, wire, writes } = connected()
  const frames = Array.from({ length: 30 }, (_, n) => events(n, 'x'.repeat(10_000)))
  for (const frame of frames) connection.live(frame, 0)
  await turn()
  expect(writes.every((write) => write.length <= BOUNDS.writtenBytes)).toBe(true)
  expect(Buffer.concat(writes)).toEqual(Buffer.concat(frames))
  wire.takes = false
  for (const frame of frames) connection.live(frame, 0)
  await turn()
  const before = writes.length
  expect(Buffer.concat(writes).length).toBeLessThanOrEqual(300_000 + 30 * 30 + BOUNDS.writtenBytes)
  wire.takeAll()
  expect(writes.length).toBeGreaterThan(before)
  expect(Buffer.concat(writes)).toEqual(Buffer.concat([...frames, ...frames]))
})

test('a socket is given few frames joined to one, and large ones as they are, in one write', () => {
  const given: Buffer[][] = [[]]
  const socket = {
    destroyed: false,
    write: (bytes: Buffer) => void given.at(-1)!.push(bytes),
    cork: () => void given.push([]),
    uncork: () => void given.push([]),
  }
  const wire = new SocketWire({} as WebSocket, socket as unknown as Socket)
  const small = [events(1), events(2)]
  const large = [events(1, 'x'.repeat(20_000)), events(2, 'y'.repeat(7_000))]
  const sizeOf = (frames: Buffer[]) => frames.reduce((sum, { length }) => sum + length, 0)
  expect(wire.write(small, sizeOf(small))).toEqual([Buffer.concat(small)])
  expect(wire.write(large, sizeOf(large))).toBe(large)
  expect(given).toEqual([[Buffer.concat(small)], large, []])
})

test('whoever has not taken a megabyte for half a second is left out until it has, and then told to resync (rule 15)', async () => {
  const { connection, wire, writes } = connected()
  wire.takes = false
  const large = events(1, 'x'.repeat(BOUNDS.slowBytes))
  connection.live(large, 1)
  await turn()
  connection.live(events(2), 1)
  connection.live(events(3), BOUNDS.slowMs)
  expect(connection.behind).toBe(0)
  connection.answer({ t: 'pong' })
  connection.live(events(4), BOUNDS.slowMs + 2)
  connection.live(events(5), BOUNDS.slowMs + 3)
  expect(connection.behind).not.toBe(0)
  await turn()
  expect(writes).toEqual([large])
  // what waited and was not asked for is let go of: it will be fetched
  wire.takeAll()
  connection.live(events(6), BOUNDS.slowMs + 4)
  await turn()
  expect(Buffer.concat(writes.slice(1))).toEqual(
    Buffer.concat([frameOf({ t: 'pong' }), frameOf({ t: 'resync' }), events(6)]),
  )
})

test('whoever is behind and asks on gets each answer once', async () => {
  const { connection, wire, writes } = connected()
  wire.takes = false
  const large = events(1, 'x'.repeat(BOUNDS.slowBytes))
  connection.live(large, 1)
  await turn()
  connection.live(events(2), 1)
  connection.answer({ t: 'done', req: 1 })
  connection.live(events(3), BOUNDS.slowMs + 2)
  expect(connection.behind).not.toBe(0)
  connection.answer({ t: 'done', req: 2 })
  connection.answer({ t: 'done', req: 30_000 })
  wire.takeAll()
  await turn()
  const answers = [...[1, 2, 30_000].map((req) => ({ t: 'done', req }) as const), { t: 'resync' } as const]
  expect(Buffer.concat(writes.slice(1))).toEqual(Buffer.concat(answers.map(frameOf)))
})

test('whoever asks on and takes no answer is read no further until they were taken (rule 15)', async () => {
  const { connection, wire } = connected()
  const node = { now: () => 0 } as unknown as Node
  const ask = () => receive(connection, Buffer.from('{"t":"ping"}'), false, node)
  ask()
  expect(wire.isPaused).toBe(false)
  wire.takes = false
  connection.live(events(1, 'x'.repeat(BOUNDS.unsentBytes)), 0)
  await turn()
  ask()
  expect(wire.isPaused).toBe(true)
  wire.takeAll()
  await turn()
  expect(wire.isPaused).toBe(false)
  expect(connection.underWay).toBe(0)
})

test('nothing is written after the farewell', async () => {
  const { connection, wire, writes } = connected()
  connection.live(events(1), 0)
  connection.end('revoked', 0)
  connection.answer({ t: 'pong' })
  connection.live(events(2), 0)
  await turn()
  expect(writes).toEqual([Buffer.concat([events(1), frameOf({ t: 'bye', reason: 'revoked' })])])
  expect(wire.close).toHaveBeenCalledOnce()
})

test('frames of every length have the head that RFC 6455 §5.2 asks for', () => {
  const heads = [125, 126, 65_535, 65_536].map((length) => {
    const frame = textFrame(Buffer.alloc(length))
    return [frame[0], frame[1], frame.length - length]
  })
  expect(heads).toEqual([
    [0x81, 125, 2],
    [0x81, 126, 4],
    [0x81, 126, 4],
    [0x81, 127, 10],
  ])
})
