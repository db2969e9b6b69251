import type { Failure } from './failure.ts'

/** How long a page that cannot open without an answer waits for it; longer than the server waits for its database. */
const ATTEMPT_MS = 12_000

/** Gives an attempt to open a page up that takes too long, as a TimeoutError. */
export const attemptSignal = (): AbortSignal => AbortSignal.timeout(ATTEMPT_MS)

/** What a page waits for after a failure that passes. */
export const waitsFor = ({ code }: Failure): 'database' | 'server' =>
  code === 'unavailable' ? 'database' : 'server'
