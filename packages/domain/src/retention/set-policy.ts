import type { Sql } from '@parley/db'
import { type Id, ParleyError, zId } from '@parley/protocol'
import { z } from 'zod'
import { permitted } from '../access.ts'
import { command } from '../command.ts'
import { zDays } from './policies.ts'

/** Days, null for ever, or (channels only) as the organisation. */
export const zRetention = z.union([zDays, z.null(), z.literal('organisation')])
export type Retention = z.infer<typeof zRetention>

type Change = { name: string; before: Retention; after: Retention }

/**
 * Sets the retention of the organisation (`conversation` null) or of one channel. `was`: what the form showed; if
 * somebody else has changed it since, nothing is saved (`conflict`). What it says goes with the next run.
 */
export const setPolicy = command({
  name: 'retention.setPolicy',
  input: z
    .strictObject({ conversation: zId.nullable(), keep: zRetention, was: zRetention })
    .refine(({ conversation, keep }) => conversation !== null || keep !== 'organisation', {
      path: ['keep'],
      message: 'must be a number of days, or null for ever',
    }),
  access: permitted('retention.manage'),
  limit: 'administration',
  tokens: 'never',
  audit: ({ input, result }: { input: { conversation: Id | null }; result: Change }) =>
    result.before === result.after
      ? null
      : {
          action: 'retention_policy.changed',
          entity: input.conversation
            ? { kind: 'conversation', id: input.conversation, name: result.name }
            : { kind: 'organisation', id: 'organisation', name: result.name },
          before: { days: result.before },
          after: { days: result.after },
        },
  async run({ tx, scope, deps }, { conversation, keep, was }): Promise<Change> {
    // A row that is not there yet cannot be locked.
    await tx.sql`SELECT pg_advisory_xact_lock(hashtext('retention_policies'))`
    const name = conversation ? await nameOf(tx.sql, conversation) : await organisationName(tx.sql)
    const [row] = await tx.sql<{ days: number | null }>`
      SELECT days FROM retention_policies WHERE conversation_id IS NOT DISTINCT FROM ${conversation}`
    const before: Retention = row ? row.days : conversation ? 'organisation' : null
    if (before !== was)
      throw new ParleyError(
        'conflict',
        'Somebody else has changed this retention meanwhile. Look at it again, then save.',
        { field: 'keep' },
      )
    if (keep === before) return { name, before, after: keep }
    await tx.sql`DELETE FROM retention_policies WHERE conversation_id IS NOT DISTINCT FROM ${conversation}`
    if (keep !== 'organisation')
      await tx.sql`
        INSERT INTO retention_policies (id, scope, conversation_id, days, updated_by, updated_at)
        VALUES (${deps.newId()}, ${conversation ? 'conversation' : 'organisation'}, ${conversation}, ${keep}, ${scope.me.id}, ${deps.now()})`
    return { name, before, after: keep }
  },
})

async function nameOf(sql: Sql, conversation: Id): Promise<string> {
  const [row] = await sql<{ name: string }>`
    SELECT name FROM conversations WHERE id = ${conversation} AND kind IN ('private', 'public')`
  if (!row)
    throw new ParleyError(
      'not_found',
      'There is no such channel. Direct and group conversations follow the organisation.',
    )
  return row.name
}

async function organisationName(sql: Sql): Promise<string> {
  const [row] = await sql<{ name: string }>`SELECT name FROM organisation`
  return row?.name ?? ''
}
