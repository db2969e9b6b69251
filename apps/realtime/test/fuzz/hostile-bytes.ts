import fc from 'fast-check'
import { hostileHttp } from '../../../../tests/support/hostile-http.ts'

/** What may come over the port itself, below frames: WebSocket (RFC 6455) as nobody speaks it, and HTTP likewise. */

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

const handshakes = fc
  .constantFrom(
    HANDSHAKE.replace('13', '99'),
    HANDSHAKE.replace('dGhlIHNhbXBsZSBub25jZQ==', 'short'),
    HANDSHAKE.replace('GET', 'POST'),
  )
  .map((text) => Buffer.from(text))

export const hostileBytes: fc.Arbitrary<Buffer> = fc.oneof(
  { weight: 4, arbitrary: websocket },
  { weight: 1, arbitrary: handshakes },
  { weight: 3, arbitrary: hostileHttp },
)
