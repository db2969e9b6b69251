import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorld, type TestNode, type World } from '../support/world.ts'
import { HANDSHAKE, rawFrame } from './hostile-bytes.ts'

/** The table of docs/subsystems/limits.md, as far as the wire itself is concerned. */
let world: World
let node: TestNode
beforeAll(async () => {
  world = await openWorld()
  node = await world.node()
})
afterAll(() => world.close())

const text = (words: string) => Buffer.from(words)

/** The code of the close frame with which the node answers (RFC 6455 §5.5.1), or null when it just hangs up. */
function closeCodeAfter(bytes: Buffer): Promise<number | null> {
  return new Promise((resolve) => {
    const socket = connect(node.port, '127.0.0.1', () =>
      socket.write(Buffer.concat([Buffer.from(HANDSHAKE), bytes])),
    )
    const came: Buffer[] = []
    socket.on('error', () => {})
    socket.on('data', (data) => {
      came.push(data)
      const all = Buffer.concat(came)
      // a text frame of ours, which says why, may come before it
      const at = all.indexOf(0x88, all.indexOf('\r\n\r\n') + 4)
      if (at > 3 && all.length >= at + 4) {
        socket.destroy()
        resolve(all.readUInt16BE(at + 2))
      }
    })
    socket.on('close', () => resolve(null))
  })
}

const OFFENCES: [string, number, Buffer][] = [
  ['a reserved bit', 1002, rawFrame(0xc1, true, 2, text('{}'))],
  ['an opcode that does not exist', 1002, rawFrame(0x83, true, 2, text('{}'))],
  ['a frame without a mask', 1002, rawFrame(0x81, false, 2, text('{}'))],
  ['a continuation of nothing', 1002, rawFrame(0x80, true, 2, text('{}'))],
  ['a ping in parts', 1002, rawFrame(0x09, true, 2, text('{}'))],
  ['a ping that is too long', 1002, rawFrame(0x89, true, 126, Buffer.alloc(126))],
  ['a close frame with one byte', 1002, rawFrame(0x88, true, 1, text('x'))],
  ['a close code that nobody may send', 1002, rawFrame(0x88, true, 2, Buffer.from([0x03, 0xed]))],
  ['text that is no UTF-8', 1007, rawFrame(0x81, true, 2, Buffer.from([0xc3, 0x28]))],
  ['a frame that says it is larger than anything', 1009, rawFrame(0x81, true, 2n ** 63n - 1n, text('{}'))],
  ['a frame larger than allowed', 1009, rawFrame(0x81, true, 300_000, text('{}'))],
  ['bytes', 4400, rawFrame(0x82, true, 2, text('{}'))],
  ['a frame before hello', 4400, rawFrame(0x81, true, 12, text('{"t":"ping"}'))],
]

test.each(OFFENCES)('%s closes with %i', async (_, code, bytes) => {
  expect(await closeCodeAfter(bytes)).toBe(code)
})
