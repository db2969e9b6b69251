import type { ServerFrame } from '@parley/protocol'

/** The head of an unmasked, final text frame (RFC 6455 §5.2): FIN and opcode 1. */
const FIN_TEXT = 0x81
const FIN_PONG = 0x8a

/** A whole WebSocket frame around UTF-8 text: made once, written to any number of sockets. */
export function textFrame(payload: Buffer): Buffer {
  const frame = framed(payload.length)
  payload.copy(frame, frame.length - payload.length)
  return frame
}

/** The same from a frame of ours. */
export function frameOf(content: ServerFrame): Buffer {
  const text = JSON.stringify(content)
  const length = Buffer.byteLength(text)
  const frame = framed(length)
  frame.write(text, frame.length - length, length)
  return frame
}

/** What such a frame carries: nothing is copied. */
export function payloadOf(frame: Buffer): Buffer {
  const length = frame[1]!
  return frame.subarray(length < 126 ? 2 : length === 126 ? 4 : 10)
}

function framed(length: number): Buffer {
  if (length < 126) {
    const frame = Buffer.allocUnsafe(2 + length)
    frame[0] = FIN_TEXT
    frame[1] = length
    return frame
  }
  if (length < 65_536) {
    const frame = Buffer.allocUnsafe(4 + length)
    frame[0] = FIN_TEXT
    frame[1] = 126
    frame.writeUInt16BE(length, 2)
    return frame
  }
  const frame = Buffer.allocUnsafe(10 + length)
  frame[0] = FIN_TEXT
  frame[1] = 127
  frame.writeBigUInt64BE(BigInt(length), 2)
  return frame
}

/** The answer to a ping, with what it held: at most 125 bytes (RFC 6455 §5.5.3). */
export const pongFrame = (data: Buffer): Buffer => Buffer.concat([Buffer.from([FIN_PONG, data.length]), data])
