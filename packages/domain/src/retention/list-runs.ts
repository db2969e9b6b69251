import type { Id } from '@parley/protocol'
import { zId } from '@parley/protocol'
import { z } from 'zod'
import { permitted } from '../access.ts'
import { query } from '../command.ts'
import { type Counts, readProgress } from './progress.ts'

const PAGE = 20

/** Times in Unix milliseconds. */
export type RetentionRun = {
  id: Id
  state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled'
  startedAt: number
  finishedAt: number | null
  /** Null: the schedule. */
  startedBy: { id: Id; name: string } | null
  /** Null until it has begun. */
  expected: Counts | null
  gone: Counts
  conversations: number
  /** Why it does not go on, for a person to read. */
  error: string | null
}
type Row = {
  id: Id
  state: RetentionRun['state']
  started_at: Date
  finished_at: Date | null
  started_by: Id | null
  by_name: string | null
  progress: unknown
  error: string | null
}

/** Runs, newest first. */
export const listRuns = query({
  name: 'retention.runs',
  input: z.strictObject({ cursor: zId.optional() }),
  access: permitted('retention.read'),
  limit: 'read',
  tokens: 'never',
  async run({ tx }, { cursor }): Promise<{ items: RetentionRun[]; next: Id | null }> {
    const rows = await tx.sql<Row>`
      SELECT r.id, r.state, r.started_at, r.finished_at, r.started_by, p.name AS by_name, r.progress, r.error
      FROM retention_runs r LEFT JOIN people p ON p.id = r.started_by
      WHERE ${cursor ?? null}::bigint IS NULL OR r.id < ${cursor ?? null}::bigint
      ORDER BY r.id DESC LIMIT ${PAGE + 1}`
    const items = rows.slice(0, PAGE).map(toRun)
    return { items, next: rows.length > PAGE ? items.at(-1)!.id : null }
  },
})

function toRun(row: Row): RetentionRun {
  const { expected, gone, conversations } = readProgress(row.progress)
  return {
    id: row.id,
    state: row.state,
    startedAt: row.started_at.getTime(),
    finishedAt: row.finished_at?.getTime() ?? null,
    startedBy: row.started_by ? { id: row.started_by, name: row.by_name ?? '' } : null,
    expected,
    gone,
    conversations,
    error: row.error,
  }
}
