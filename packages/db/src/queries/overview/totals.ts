import type { Sql } from '../../sql.ts'

export type Totals = {
  people: { active: number; invited: number; imported: number; deactivated: number; bots: number }
  /** Active people whose last sign of life is younger than a day. */
  seenToday: number
  channels: number
  /** Stored files, and their bytes together. */
  files: number
  bytes: number
}

/** What there is, counted over the small tables only. */
export async function readTotals(sql: Sql, now: Date): Promise<Totals> {
  const [row] = await sql<Totals['people'] & Omit<Totals, 'people' | 'bytes'> & { bytes: string }>`
    SELECT p.active, p.invited, p.imported, p.deactivated, p.bots, p."seenToday", c.channels, f.files, f.bytes FROM (
      SELECT count(*) FILTER (WHERE kind = 'person' AND status = 'active')::int AS active,
        count(*) FILTER (WHERE kind = 'person' AND status = 'invited')::int AS invited,
        count(*) FILTER (WHERE kind = 'person' AND status = 'imported')::int AS imported,
        count(*) FILTER (WHERE kind = 'person' AND status = 'deactivated')::int AS deactivated,
        count(*) FILTER (WHERE kind = 'bot' AND status = 'active')::int AS bots,
        count(*) FILTER (WHERE kind = 'person' AND status = 'active' AND last_active_at > ${now}::timestamptz - interval '1 day')::int AS "seenToday"
      FROM people
    ) p, (
      SELECT count(*)::int AS channels FROM conversations WHERE kind IN ('private', 'public') AND archived_at IS NULL
    ) c, (
      SELECT count(*)::int AS files, coalesce(sum(size), 0)::bigint AS bytes FROM files WHERE state = 'stored'
    ) f`
  const { active, invited, imported, deactivated, bots, bytes, ...rest } = row!
  return { people: { active, invited, imported, deactivated, bots }, ...rest, bytes: Number(bytes) }
}
