import type { Id } from '@parley/protocol'
import type { ErrorCode } from '@parley/protocol/errors'

/** What the engine asks of its host. */

/** Where to connect, best first, and the short-lived ticket that is shown there. */
export type Route = { ticket: string; addresses: readonly string[] }

/** What a client tells of itself when it asks where to connect: milliseconds to the addresses that it has tried. */
export type Surroundings = { latencies: [address: string, ms: number][] }

/** The part of a WebSocket that is used; the browser's and that of `ws` both fit. */
export type Socket = {
  send(data: string): void
  close(code?: number, reason?: string): void
  addEventListener(type: 'open' | 'error', listener: () => void): void
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void
  addEventListener(type: 'close', listener: (event: { code: number }) => void): void
}

/**
 * Posts text as text/plain, without credentials, and answers with the status and the whole text of the answer; rejects
 * when none came. `cancel` gives the request up. `lasts`: it goes out though the page that asks is about to be gone.
 */
export type Post = (
  url: string,
  body: string,
  lasts?: boolean,
) => { answer: Promise<{ status: number; text: string }>; cancel(): void }

/** Calls `run` when the host, a page, is about to be gone; the answer takes that back. */
export type Departure = (run: () => void) => () => void

/** When sockets were last found to be blocked, in Unix milliseconds; null: they are not. */
export type BlockedMemory = { recall(): number | null; remember(at: number | null): void }

export type Clock = {
  /** Unix milliseconds. */
  now(): number
  /** Runs once after `ms`; the answer cancels it. */
  after(ms: number, run: () => void): () => void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

/** One message that was not yet accepted, as it survives a restart. */
export type OutboxEntry = {
  id: string
  conversation: Id
  root: Id | null
  text: string
  files: Id[]
  /** When it was written. */
  at: number
  failed: { code: ErrorCode; says: string } | null
}

/**
 * Keeps the outbox over restarts: one store per person and device. `save` gets all entries of this client, in their
 * order; the next `save` is called only when the last has resolved. Where several clients share a store, each has its
 * own, and `orphans` says later what one has left that is gone; it answers how to hear no more of it.
 */
export type OutboxStorage = {
  load(): Promise<OutboxEntry[]>
  save(entries: OutboxEntry[]): Promise<void>
  orphans?(found: (entries: OutboxEntry[]) => void): () => void
}
