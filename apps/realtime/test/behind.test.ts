import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { WebSocket } from 'ws'
import { Backlog } from '../src/gateway/backlog.ts'
import { BOUNDS } from '../src/gateway/bounds.ts'
import { Connection, type Stage } from '../src/gateway/connection.ts'
import { textFrame } from '../src/gateway/frame.ts'
import { SocketWire } from '../src/gateway/socket-wire.ts'

test('after a large answer that was not taken at once, bob is told to resync as soon as it was', async () => {
  const written: Buffer[] = []
  let take = () => {}
  const socket = new Duplex({
    read() {},
    write(bytes, _, done) {
      if (bytes.length === 0) return done()
      written.push(bytes)
      take = done
    },
  })
  const ws = { isPaused: false, close() {}, terminate() {} }
  const connection = new Connection(
    new SocketWire(ws as unknown as WebSocket, socket as unknown as Socket),
    '',
    0,
    new Backlog(() => 0),
    { inside: 0 },
  )
  connection.stage = { at: 'inside', person: { id: '1' } } as unknown as Stage
  connection.answer({
    t: 'messages',
    req: 1,
    conversation: '1',
    version: 1,
    messages: [{ text: 'x'.repeat(BOUNDS.unsentBytes) }],
  } as never)
  await sleep(5)
  connection.live(textFrame(Buffer.from('{}')), 1)
  expect(connection.behind).not.toBe(0)
  take()
  await sleep(20)
  expect(connection.behind).toBe(0)
  expect(written.at(-1)!.toString()).toContain('resync')
})
