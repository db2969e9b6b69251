import type { Sql } from '@parley/db'
import type { Id } from '@parley/protocol'
import { z } from 'zod'

/** After how many days messages go; null keeps them for ever. A channel that is not in `own` follows the organisation. */
export type Policies = { organisation: number | null; own: ReadonlyMap<Id, number | null> }

/** Days after which messages may be set to go. */
export const zDays = z.int().min(1).max(36_500)

/** The policies as they hold now. Without any, everything is kept. */
export async function readPolicies(sql: Sql): Promise<Policies> {
  const rows = await sql<{ conversation_id: Id | null; days: number | null }>`
    SELECT conversation_id, days FROM retention_policies`
  return {
    organisation: rows.find((row) => row.conversation_id === null)?.days ?? null,
    own: new Map(rows.flatMap((row) => (row.conversation_id ? [[row.conversation_id, row.days]] : []))),
  }
}
