import { idAt } from '@parley/protocol'
import type { Sql } from '../../sql.ts'

/** `day`: `2026-11-24`, UTC. `writers`: people who wrote something. */
export type DayFigures = { day: string; messages: number; writers: number }
const DAY_MS = 86_400_000

/** The days from one to another, both included, as Unix milliseconds of their beginning. */
export function daysBetween(from: number, to: number): number[] {
  const first = Math.floor(from / DAY_MS)
  return Array.from({ length: Math.floor(to / DAY_MS) - first + 1 }, (_, i) => (first + i) * DAY_MS)
}
export const nameOfDay = (day: number): string => new Date(day).toISOString().slice(0, 10)

/** Days that were counted when they were over. */
export const countedDays = (sql: Sql, from: number): Promise<DayFigures[]> => sql<DayFigures>`
  SELECT to_char(day, 'YYYY-MM-DD') AS day, messages, writers FROM daily_figures WHERE day >= ${nameOfDay(from)}::date ORDER BY day`

/** Counts one day from its messages. */
export async function countDay(sql: Sql, day: number): Promise<DayFigures> {
  const [row] = await sql<{ messages: number; writers: number }>`
    SELECT coalesce(sum(n), 0)::int AS messages, count(*)::int AS writers FROM (
      SELECT count(*) AS n FROM messages WHERE id >= ${idAt(day, 0, 0)} AND id < ${idAt(day + DAY_MS, 0, 0)} GROUP BY sender_id
    ) each`
  return { day: nameOfDay(day), ...row! }
}

export async function keepDay(sql: Sql, { day, messages, writers }: DayFigures): Promise<void> {
  await sql`
    INSERT INTO daily_figures (day, messages, writers) VALUES (${day}::date, ${messages}, ${writers}) ON CONFLICT (day) DO NOTHING`
}

/** What came to a day afterwards, as by an import; what has gone from it since stays counted. */
export async function raiseDay(sql: Sql, { day, messages, writers }: DayFigures): Promise<void> {
  await sql`
    UPDATE daily_figures SET messages = greatest(messages, ${messages}::int), writers = greatest(writers, ${writers}::int)
    WHERE day = ${day}::date`
}
