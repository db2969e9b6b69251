/** What the bench asks of a load process, and what it answers. Whoever is measured, the questions are the same. */
/** `url`: where this one connects to, if not where all do. */
export type Place = { person: string; ticket: string; url?: string }
export type Order =
  /** Connects everybody; answers when all are up to date. */
  | { do: 'connect'; url: string; places: Place[] }
  /** Lets everybody into a channel that they are members of: nothing to do where the server lets them in by itself. */
  | { do: 'join'; channel: string }
  /** Keeps `inFlight` messages unanswered, spread over `senders`, each writing into its own conversation. */
  | {
      do: 'closed'
      senders: { at: number; conversation: string }[]
      inFlight: number
      warmMs: number
      ms: number
    }
  /** Sends `rate` messages a second, whatever the answers. */
  | { do: 'open'; senders: { at: number; conversation: string }[]; rate: number; warmMs: number; ms: number }
  | { do: 'leave' }

/** Counted in the measured time only. Latencies in milliseconds, ascending, at most SAMPLES of them. */
export type Measured = {
  ms: number
  acknowledged: number
  delivered: number
  failed: number
  /** From handing a message over to its acknowledgement. */
  acknowledgement: number[]
  /** From handing it over to its arrival at another person. */
  delivery: number[]
  /** Microseconds of processor time of the load process itself. */
  cpu: number
}
export type Answer =
  | { done: 'ready' }
  | { done: 'measured'; measured: Measured }
  | { done: 'failed'; why: string }

export const SAMPLES = 200_000
