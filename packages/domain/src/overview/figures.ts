import {
  countDay,
  countedDays,
  type DayFigures,
  daysBetween,
  nameOfDay,
} from '@parley/db/queries/overview/daily-figures'
import { readTotals, type Totals } from '@parley/db/queries/overview/totals'
import { z } from 'zod'
import { permitted, type Reader } from '../access.ts'
import { query } from '../command.ts'
import type { Queue, RealtimeNode, WorkerNode } from '../ports.ts'
import { orNull } from '../unknown.ts'
import { DAYS } from './count-days.ts'

const DAY_MS = 86_400_000
type Counts = Awaited<ReturnType<Queue['counts']>>

/** Times in Unix milliseconds. */
export type Figures = Totals & {
  at: number
  /** The last thirty days, UTC, today last and not over. */
  days: DayFigures[]
  /** Realtime nodes as they last said; null when nobody can say. */
  nodes: RealtimeNode[] | null
  /** Workers, and how it stands with the services that they call; null when nobody can say. */
  workers: WorkerNode[] | null
  /** Jobs by name; null when the queue does not answer. */
  queue: Counts | null
}

/** What the console's first page shows. */
export const figures = query({
  name: 'overview.figures',
  input: z.strictObject({}),
  access: permitted('overview.read'),
  limit: 'read',
  tokens: 'never',
  async run({ tx, deps }): Promise<Figures> {
    const now = deps.now()
    const [totals, days, nodes, workers, queue] = await Promise.all([
      readTotals(tx.sql, now),
      lastDays(tx, now.getTime()),
      orNull('the realtime nodes', () => deps.registry.nodes(), deps),
      orNull('the workers', () => deps.registry.workers(), deps),
      orNull('the queue', () => deps.queue.counts(), deps),
    ])
    return { at: now.getTime(), ...totals, days, nodes, workers, queue }
  },
})

/** Days that are over were counted then; those that were not, and today, are counted now. */
async function lastDays(tx: Reader, now: number): Promise<DayFigures[]> {
  const from = now - (DAYS - 1) * DAY_MS
  const known = new Map((await countedDays(tx.sql, from)).map((figures) => [figures.day, figures]))
  const days: DayFigures[] = []
  for (const day of daysBetween(from, now))
    days.push(known.get(nameOfDay(day)) ?? (await countDay(tx.sql, day)))
  return days
}
