import type { IncomingMessage } from 'node:http'
import { jsonOf, LIMITS, type PollHead, pollHead } from '@parley/protocol'
import { BOUNDS } from '../bounds.ts'

/** `lines`: to be gone through once. Each is cut out when it is its turn: of very short ones, all would be many times the body. */
export type PollRequest = { head: PollHead; lines: Iterable<Buffer> }
const NEWLINE = 0x0a

/** Why there is no request to be had: no head, nobody's, one too many of theirs, too long, or its sender went. */
export type Unread = 'bad' | 'unknown' | 'busy' | 'too_long' | 'gone'

/**
 * Reads a request: its head first, and the rest only if `refused` has no reason against it, and for as long as there is
 * room for `bytes` in so many pieces.
 */
export async function readPoll(
  request: IncomingMessage,
  refused: (head: PollHead) => 'unknown' | 'busy' | null,
  hasRoom: (bytes: number, pieces: number) => boolean,
): Promise<PollRequest | Unread> {
  const chunks: Buffer[] = []
  let bytes = 0
  let head: PollHead | null = null
  try {
    // an answer is still to go out when this stops early
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      chunks.push(chunk)
      bytes += chunk.length
      if (!head) {
        const start = Buffer.concat(chunks)
        const end = start.indexOf(NEWLINE)
        if (end > BOUNDS.pollHeadBytes || (end < 0 && bytes > BOUNDS.pollHeadBytes)) return 'bad'
        if (end < 0) continue
        head = headIn(start.subarray(0, end))
        if (!head) return 'bad'
        const why = refused(head)
        if (why) return why
      }
      if (bytes > longest(head) || chunks.length > BOUNDS.chunks) return 'too_long'
      if (!hasRoom(bytes, chunks.length)) return 'busy'
    }
  } catch {
    // the only thing that fails here is the network, or the other side's patience
    return 'gone'
  }
  const body = Buffer.concat(chunks, bytes)
  if (!head) {
    head = headIn(body)
    if (!head) return 'bad'
    return refused(head) ?? { head, lines: [] }
  }
  return { head, lines: linesOf(body.subarray(body.indexOf(NEWLINE) + 1)) }
}

const longest = ({ t }: PollHead): number =>
  BOUNDS.pollHeadBytes + (t === 'open' ? BOUNDS.helloBytes : t === 'down' ? 0 : LIMITS.frameBytes)

const headIn = (line: Buffer): PollHead | null => pollHead.safeParse(jsonOf(line.toString())).data ?? null

function* linesOf(body: Buffer): Generator<Buffer> {
  for (let from = 0; from < body.length; ) {
    const end = body.indexOf(NEWLINE, from)
    const to = end < 0 ? body.length : end
    if (to > from) yield body.subarray(from, to)
    from = to + 1
  }
}
