import { connect } from 'node:net'
import fc from 'fast-check'

/** What may come over the port itself, below frames: WebSocket (RFC 6455) and HTTP (RFC 9112) as nobody speaks them. */

export const HANDSHAKE = [
  'GET / HTTP/1.1',
  'Host: localhost',
  'Upgrade: websocket',
  'Connection: Upgrade',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Version: 13',
  '\r\n',
].join('\r\n')

/** One frame with whatever bits: its head says `length`, whatever follows it. */
export function rawFrame(
  first: number,
  masked: boolean,
  length: number | bigint,
  payload: Uint8Array,
): Buffer {
  const bit = masked ? 0x80 : 0
  const head =
    typeof length === 'number' && length < 126
      ? Buffer.from([first, bit | length])
      : Buffer.concat([Buffer.from([first, bit | 127]), Buffer.alloc(8)])
  if (head.length === 10) head.writeBigUInt64BE(BigInt.asUintN(64, BigInt(length)), 2)
  return Buffer.concat([head, masked ? Buffer.alloc(4) : Buffer.alloc(0), payload])
}

const frame = fc
  .tuple(
    fc.oneof(fc.constantFrom(0x01, 0x81, 0x80, 0x00, 0x88, 0x89, 0x8a, 0x82, 0x83, 0xc1, 0x09), fc.nat(255)),
    fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, fc.constant(false)),
    fc.uint8Array({ maxLength: 125 }),
    fc.option(fc.constantFrom(126, 65_536, 2 ** 31, 2n ** 63n, 2n ** 64n - 1n), { freq: 6 }),
  )
  .map(([first, masked, payload, lie]) => rawFrame(first, masked, lie ?? payload.length, payload))

const websocket = fc
  .array(frame, { minLength: 1, maxLength: 12 })
  .map((frames) => Buffer.concat([Buffer.from(HANDSHAKE), ...frames]))

const http = fc.oneof(
  fc.constantFrom(
    ...[
      'GET / HTTP/1.1\r\n\r\n',
      'GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n',
      'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    ],
    'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n',
    'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello',
    'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n',
    `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`,
    `GET /${'a'.repeat(50_000)} HTTP/1.1\r\nHost: a\r\n\r\n`,
    `GET / HTTP/1.1\r\nHost: a\r\n${'A: b\r\n'.repeat(5_000)}\r\n`,
    HANDSHAKE.replace('13', '99'),
    HANDSHAKE.replace('dGhlIHNhbXBsZSBub25jZQ==', 'short'),
    HANDSHAKE.replace('GET', 'POST'),
    `X-Forwarded-For: ${'1.1.1.1, '.repeat(1_000)}\r\n`,
    '\u0000\r\n\r\n',
  ),
  fc.uint8Array({ maxLength: 500 }).map((bytes) => Buffer.from(bytes)),
)

export const hostileBytes: fc.Arbitrary<Buffer> = fc
  .oneof(websocket, http)
  .map((bytes) => (typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes))

/** Sends them, and hangs up once the node does, or has had `ms` to say something. */
export function pour(port: number, bytes: Buffer, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    const timer = setTimeout(() => socket.destroy(), ms)
    socket.resume()
    socket.on('error', () => {})
    socket.on('close', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
