import type { Writable } from 'node:stream'
import { BOUNDS } from './bounds.ts'

/**
 * Writes buffers of `bytes` bytes in all so that they leave together.
 * @returns what is kept in memory until it has left: the buffers themselves, or a copy
 */
export function writeTogether(
  stream: Writable,
  buffers: readonly Buffer[],
  bytes: number,
): readonly Buffer[] {
  if (buffers.length === 1) stream.write(buffers[0]!)
  else if (bytes <= BOUNDS.joinedBytes) {
    const joined = Buffer.concat(buffers, bytes)
    stream.write(joined)
    return [joined]
  } else {
    stream.cork()
    for (const buffer of buffers) stream.write(buffer)
    stream.uncork()
  }
  return buffers
}
