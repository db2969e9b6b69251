import type { Circuit } from '@parley/domain/ports'
import { Postponed } from '@parley/domain/postponed'
import { CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel'

/** Failures in a row after which a service counts as away. */
const FAILURES = 5
/** As long as it is away, one call in so many milliseconds tries whether it is back. */
const PROBE_MS = 20_000

export type CircuitOptions = {
  /** Whether an error speaks of the service, and not of the one it was called for. */
  isOfService(error: unknown): boolean
  probeMs?: number | undefined
}
export type Calls = {
  /**
   * Calls the service.
   * @throws Postponed, at once, while it is away, and when this call found that out; else what `work` throws
   */
  call<T>(work: () => Promise<T>): Promise<T>
  circuit(): Circuit
}

/**
 * A circuit breaker around one service outside: who calls one that is down or hangs does not wait for it anew each time.
 * Closed → open after FAILURES in a row → after PROBE_MS half open, which lets one call through → closed or open.
 */
export function callsTo(name: string, { isOfService, probeMs = PROBE_MS }: CircuitOptions): Calls {
  const policy = circuitBreaker(handleWhen(isOfService), {
    breaker: new ConsecutiveBreaker(FAILURES),
    halfOpenAfter: probeMs,
  })
  /** Unix milliseconds. */
  let since = Date.now()
  let triedAt = 0
  policy.onBreak(() => {
    triedAt = Date.now()
  })
  let away = false
  policy.onStateChange((state) => {
    const isAway = state !== CircuitState.Closed
    if (isAway !== away) since = Date.now()
    away = isAway
  })
  function waitMs(): number {
    if (policy.state === CircuitState.HalfOpen) return probeMs
    if (policy.state === CircuitState.Open) return Math.max(0, triedAt + probeMs - Date.now())
    return 0
  }
  const postponed = (cause?: unknown) => new Postponed(`${name} does not answer`, waitMs(), { cause })

  return {
    async call(work) {
      if (waitMs() > 0) throw postponed()
      try {
        return await policy.execute(work)
      } catch (error) {
        if (isOfService(error) && policy.state !== CircuitState.Closed) throw postponed(error)
        throw error
      }
    },
    circuit: () => ({ state: STATES[policy.state], since, waitMs: waitMs() }),
  }
}

const STATES = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'half open',
  // nobody isolates one
  [CircuitState.Isolated]: 'open',
} as const satisfies Record<CircuitState, Circuit['state']>
