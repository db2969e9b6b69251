import type { Socket } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import type { WebSocket } from 'ws'
import { BOUNDS } from '../src/gateway/bounds.ts'
import { Connection, type Stage } from '../src/gateway/connection.ts'
import { frameOf, textFrame } from '../src/gateway/frame.ts'
import type { Node } from '../src/gateway/node.ts'
import { receive } from '../src/gateway/receive.ts'
import { SocketWire } from '../src/gateway/socket-wire.ts'

/** A connection over a socket that only counts: what leaves it, in how many writes. */
function counted() {
  const writes: Buffer[] = []
  let corked: Buffer[] | null = null
  const socket = {
    writableLength: 0,
    destroyed: false,
    write: (bytes: Buffer) => void (corked ?? writes).push(bytes),
    cork() {
      corked = []
    },
    uncork() {
      writes.push(Buffer.concat(corked ?? []))
      corked = null
    },
    once: vi.fn(),
  }
  const ws = {
    isPaused: false,
    close: vi.fn(),
    terminate: vi.fn(),
    pause() {
      ws.isPaused = true
    },
    resume() {
      ws.isPaused = false
    },
  }
  const connection = new Connection(
    new SocketWire(ws as unknown as WebSocket, socket as unknown as Socket),
    '',
    0,
  )
  connection.stage = { at: 'inside', person: { id: '1' } } as unknown as Stage
  return { connection, socket, ws, writes }
}

const events = (n: number, text = 'x') => textFrame(Buffer.from(JSON.stringify({ n, text })))

test('an acknowledgement and everything that came in the same turn leave in one write, in their order', async () => {
  const { connection, writes } = counted()
  const frames = [events(1), events(2)]
  connection.answer({ t: 'pong' })
  for (const frame of frames) connection.live(frame, 0)
  await turn()
  expect(writes).toEqual([Buffer.concat([frameOf({ t: 'pong' }), ...frames])])
})

test('large frames are not copied, and leave in one write all the same', async () => {
  const { connection, writes } = counted()
  const frames = [events(1, 'x'.repeat(20_000)), events(2, 'y'.repeat(70_000))]
  for (const frame of frames) connection.live(frame, 0)
  await turn()
  expect(writes).toEqual([Buffer.concat(frames)])
})

test('whoever has not taken a megabyte for half a second is left out until it has, and then told to resync (rule 15)', async () => {
  const { connection, socket, writes } = counted()
  socket.writableLength = BOUNDS.slowBytes + 1
  connection.live(events(1), 1)
  connection.live(events(2), BOUNDS.slowMs)
  await turn()
  expect(writes).toHaveLength(1)
  connection.live(events(3), BOUNDS.slowMs + 2)
  connection.live(events(4), BOUNDS.slowMs + 3)
  await turn()
  expect(writes).toHaveLength(1)
  socket.writableLength = 0
  for (const [, drained] of socket.once.mock.calls) drained()
  connection.live(events(5), BOUNDS.slowMs + 4)
  await turn()
  expect(writes.slice(1)).toEqual([Buffer.concat([frameOf({ t: 'resync' }), events(5)])])
})

test('whoever asks on and takes no answer is read no further until they were taken (rule 15)', async () => {
  const { connection, socket, ws } = counted()
  const ask = () =>
    receive(connection, Buffer.from('{"t":"ping"}'), false, { now: () => 0 } as unknown as Node)
  ask()
  expect(ws.isPaused).toBe(false)
  socket.writableLength = BOUNDS.unsentBytes
  ask()
  ask()
  expect(ws.isPaused).toBe(true)
  await turn()
  socket.writableLength = 0
  for (const [, drained] of socket.once.mock.calls) drained()
  await turn()
  expect(ws.isPaused).toBe(false)
  expect(connection.underWay).toBe(0)
})

test('nothing is written after the farewell', async () => {
  const { connection, ws, writes } = counted()
  connection.live(events(1), 0)
  connection.end('revoked', 0)
  connection.answer({ t: 'pong' })
  connection.live(events(2), 0)
  await turn()
  expect(writes).toEqual([Buffer.concat([events(1), frameOf({ t: 'bye', reason: 'revoked' })])])
  expect(ws.close).toHaveBeenCalledOnce()
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
