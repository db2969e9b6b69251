import { expect, test } from 'vitest'
import { BROKEN, BROKEN_NAMES, type Broken } from '../../scripts/chaos/broken/index.ts'
import { canHappen, FAULT_NAMES, type FaultName } from '../../scripts/chaos/faults/index.ts'
import { runChaos } from '../../scripts/chaos/run.ts'
import type { RedisForm } from '../../scripts/chaos/stage/redis.ts'

/** Another one: CHAOS_SEED=5 npx vitest run tests/chaos/chaos.test.ts */
const seed = Number(process.env.CHAOS_SEED ?? 1)

const lines: string[] = []
async function play(over: {
  seed?: number
  seconds: number
  people: number
  faults: readonly FaultName[]
  broken: Broken | null
  redis?: RedisForm
}) {
  lines.length = 0
  const said = (line: string) => void lines.push(line)
  // one round, however long it takes
  const patienceMs = over.broken ? PATIENCE_MS[over.broken] : 90_000
  return await runChaos({
    minutes: 0,
    pages: false,
    redis: 'single',
    seed,
    paceMs: 800,
    patienceMs,
    said,
    ...over,
  })
}

test.each([
  { redis: 'single', seconds: 12, people: 20 },
  { redis: 'cluster', seconds: 8, people: 12 },
] as const)(
  'on Redis of the form $redis people talk while processes are killed, stores go away and wires misbehave; what they were promised holds',
  {
    timeout: 600_000,
  },
  async ({ redis, seconds, people }) => {
    const faults = FAULT_NAMES.filter((name) => canHappen(name, redis))
    const { findings, counts } = await play({ redis, seconds, people, faults, broken: null })
    expect(findings, lines.join('\n')).toEqual([])
    expect(counts.acknowledged, lines.join('\n')).toBeGreaterThan(0)
  },
)

/** Milliseconds after which what has not come counts as missing. Only the first is about that. */
const PATIENCE_MS = { publish: 5_000, ack: 1_000, dedupe: 1_000 } satisfies Record<Broken, number>
/** What each must be found out by: that something else goes wrong too proves nothing. */
const FOUND_BY = {
  publish: /at rest: .* as of version \d+, and it is at \d+/,
  ack: /was acknowledged as \d+, and PostgreSQL does not hold it/,
  dedupe: /is there \d+ times/,
} satisfies Record<Broken, RegExp>

/** Whether a fault falls into the moment that the break leaves open is chance, the more so on a busy machine. */
const ROUNDS = 4

test.each(BROKEN_NAMES)(
  'a build with "%s" broken on purpose is found out',
  {
    timeout: 600_000,
  },
  async (broken) => {
    const found: string[] = []
    for (let round = 0; round < ROUNDS && !FOUND_BY[broken].test(found.join('\n')); round++) {
      const of = { seconds: 5, people: 12, faults: BROKEN[broken], broken }
      found.push(...(await play({ ...of, seed: seed + round })).findings)
    }
    expect(found.join('\n'), lines.join('\n')).toMatch(FOUND_BY[broken])
  },
)
