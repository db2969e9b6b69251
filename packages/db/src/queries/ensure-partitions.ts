import type { Sql } from '../sql.ts'

/** Makes the month partitions of messages from `from` to `to` that are not there yet. @returns how many it made */
export async function ensurePartitions(sql: Sql, from: Date, to: Date): Promise<number> {
  const [row] = await sql<{ made: number }>`SELECT ensure_message_partitions(${from}, ${to}) AS made`
  return row!.made
}
