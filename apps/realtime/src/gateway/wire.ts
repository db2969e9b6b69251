import type { CloseReason } from '@parley/protocol'

/**
 * What a connection speaks over. It carries whole frames (frame.ts) and knows nothing of what they say or to whom; all
 * bounds are the connection's, which asks how much was not taken yet.
 */
export type Wire = {
  /** Bytes that were handed over and that the other side has not taken. */
  readonly unsent: number
  /** Bytes that have come over it since it was opened. */
  readonly received: number
  readonly isPaused: boolean
  /**
   * Hands over frames of `bytes` bytes in all, in their order.
   * @returns what is kept in memory for as long as it is unsent: the frames themselves, or a copy
   */
  write(frames: readonly Buffer[], bytes: number): readonly Buffer[]
  /** Calls back, once, when the other side has taken what was handed over by now; not when it is gone before. */
  whenTaken(taken: () => void): void
  /** Reads no further: what comes meanwhile waits at the other side. */
  pause(): void
  resume(): void
  /** Takes leave. The last frame that was handed over says why; the wire has a sign of its own for it, too. */
  close(reason: CloseReason): void
  /** Cuts it off, whatever is still on its way. */
  terminate(): void
}
