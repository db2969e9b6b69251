import type { CannotStart } from '@parley/devstack'

/** Who stops before whom: those who serve people, then those who carry, then those whom the others stand on. */
const ORDER = ['web', 'realtime', 'worker', 'store', 'parts', 'home'] as const
export type Stage = (typeof ORDER)[number]

export type Shutdown = {
  signal: AbortSignal
  /** Stops what is added, at once if everything is stopping already. */
  add(stage: Stage, stop: () => Promise<void>): void
  /** Something cannot go on: everything stops, and this is what is told. */
  failed(reason: CannotStart): void
  /** A person asked. */
  asked(): void
  /** Resolves when it has been asked for, or failed, with the reason. */
  wanted: Promise<CannotStart | null>
  run(): Promise<void>
}

export function openShutdown(): Shutdown {
  const stages = new Map<Stage, (() => Promise<void>)[]>(ORDER.map((stage) => [stage, []]))
  const aborting = new AbortController()
  const { promise: wanted, resolve } = Promise.withResolvers<CannotStart | null>()
  const want = (reason: CannotStart | null) => {
    resolve(reason)
    aborting.abort(reason ?? new Error('stopping'))
  }
  return {
    signal: aborting.signal,
    wanted,
    add: (stage, stop) => stages.get(stage)?.push(stop),
    failed: want,
    asked: () => want(null),
    async run() {
      aborting.abort(new Error('stopping'))
      for (const stage of ORDER) {
        const stops = stages.get(stage)?.splice(0) ?? []
        await Promise.allSettled(stops.map((stop) => stop()))
      }
    },
  }
}
