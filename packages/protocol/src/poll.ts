import { z } from 'zod'

/**
 * Long polling (docs/subsystems/long-polling.md): a body is lines of JSON. The first is its head, each other a frame.
 */

/** Random bytes in the id of a session: whoever knows it is let speak and hear for its person. */
export const POLL_SESSION_BYTES = 18
const session = z.string().max(64)
const count = z.int().min(0)

/** Heads of requests. Strict, as frames are. */
export const pollHead = z.discriminatedUnion('t', [
  /** One frame follows, hello. The answer is as that of the first `down`, and names the session. */
  z.strictObject({ t: z.literal('open') }),
  /** Asks for frames. Everything up to batch `ack` has arrived. */
  z.strictObject({ t: z.literal('down'), session, ack: count }),
  /** Brings frames: the n-th time, counted from 1. A number that was taken already is not taken again. */
  z.strictObject({ t: z.literal('up'), session, n: count }),
  /** The client is going. With `n` it brings upload n, which may have been taken, and after it what was to come next. */
  z.strictObject({ t: z.literal('end'), session, n: count.optional() }),
])
export type PollHead = z.infer<typeof pollHead>

/** Head of an answer to `open` and `down`. `n`: with it, everything up to batch n has arrived. */
export type PollBatch = { n: number; session?: string }
