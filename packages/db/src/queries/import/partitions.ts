import type { Sql } from '../../sql.ts'

/** Makes room for the messages of these months, each given by a time in it (Unix milliseconds). */
export async function ensurePartitions(sql: Sql, months: readonly number[]): Promise<void> {
  await sql`
    SELECT ensure_message_partitions(m, m) FROM unnest(${months.map((at) => new Date(at))}::timestamptz[]) AS m`
}
