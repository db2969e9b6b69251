import type { Broken } from './broken/index.ts'
import type { FaultName } from './faults/index.ts'
import { makePeople } from './people.ts'
import { playRound, type Round } from './round.ts'
import { openStage } from './stage/index.ts'
import type { RedisForm } from './stage/redis.ts'

export type RunOptions = {
  minutes: number
  seed: number
  faults: readonly FaultName[]
  broken: Broken | null
  /** Whether the API is the web client as it was built, or without its pages. */
  pages: boolean
  redis: RedisForm
  people: number
  paceMs: number
  /** Of one round. */
  seconds: number
  patienceMs?: number
  logs?: string
  said(line: string): void
}
export type Ran = {
  findings: string[]
  rounds: number
  injected: Partial<Record<FaultName, number>>
  counts: Round['counts']
}

/** Longer than any lease, lock or back-off of the product. */
const PATIENCE_MS = 90_000

/**
 * Rounds until the time is over, each with rooms and a seed of its own, and with the processes that the one before
 * left. It ends with the first round that finds something: what follows from it would only be more of the same.
 */
export async function runChaos(options: RunOptions): Promise<Ran> {
  const { broken, pages, redis, said, people, minutes } = options
  const ran: Ran = {
    ...{ findings: [], rounds: 0, injected: {} },
    counts: { sent: 0, acknowledged: 0, changes: 0, moves: 0, channels: 0, choices: 0, crashes: 0, heard: 0 },
  }
  said('PostgreSQL, Redis, three realtime nodes, the API and a worker are started')
  const stage = await openStage({
    broken,
    pages,
    redis,
    said,
    ...(options.logs ? { logs: options.logs } : {}),
  })
  try {
    await makePeople(stage.db, people)
    const end = performance.now() + minutes * 60_000
    for (let round = 0; round === 0 || performance.now() < end; round++) {
      const seed = options.seed + round
      said(`round ${round + 1}: --seed ${seed}`)
      const { patienceMs = PATIENCE_MS } = options
      const { findings, injected, counts } = await playRound(stage, {
        ...options,
        round,
        seed,
        patienceMs,
      })
      ran.rounds++
      for (const fault of injected) ran.injected[fault] = (ran.injected[fault] ?? 0) + 1
      for (const name of Object.keys(counts) as (keyof typeof counts)[]) ran.counts[name] += counts[name]
      said(`round ${round + 1}: ${JSON.stringify(counts)}, ${findings.length} findings`)
      ran.findings.push(...findings.map((finding) => `--seed ${seed}: ${finding}`))
      if (findings.length > 0) break
    }
    return ran
  } finally {
    await stage.close()
  }
}
