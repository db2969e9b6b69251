import { zId } from '@parley/protocol'
import { z } from 'zod'

const count = z.int().min(0)
const zCounts = z.object({ messages: count, threads: count, files: count, bytes: count })

/** What has gone, or is to go. `bytes`: of files. */
export type Counts = z.infer<typeof zCounts>

const zProgress = z.object({
  /** What was below the cut-offs when the run began; null until it has. */
  expected: zCounts.nullable().default(null),
  gone: zCounts.default({ messages: 0, threads: 0, files: 0, bytes: 0 }),
  /** Conversations that something went from and that are through. */
  conversations: count.default(0),
  /** Everything up to this conversation is through; within the next one, what is after `expired` is still to expire. */
  through: zId.default('0'),
  at: z.object({ conversation: zId, expired: zId.nullable() }).nullable().default(null),
  /** Objects in the store whose files are gone: to be removed before anything else. */
  blobs: z.array(z.string()).default([]),
})

/** How far a run is. Written in the transaction of every step, so that it says neither more nor less than what is there. */
export type Progress = z.infer<typeof zProgress>
export const readProgress = (stored: unknown): Progress => zProgress.parse(stored)

export const plus = (a: Counts, b: Counts): Counts => ({
  messages: a.messages + b.messages,
  threads: a.threads + b.threads,
  files: a.files + b.files,
  bytes: a.bytes + b.bytes,
})
