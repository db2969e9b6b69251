import { EPOCH, type Id, timeOf } from '@parley/protocol'
import type { Queryable } from '../../sql.ts'
import { CUTOFF, type Cutoffs, cutoffValues, OWN_CUTOFFS } from './cutoffs.ts'

/** Times in Unix milliseconds. `threads`: roots that have replies. */
export type Going = {
  messages: number
  threads: number
  oldest: number | null
  newest: number | null
  files: number
  bytes: number
}
export type GoingPart = { messages: number; files: number; bytes: number }
export type Preview = {
  all: Going
  /** Channels with the most to lose, and all direct and group conversations together (`id` null). */
  conversations: (GoingPart & { id: Id | null; name: string | null; kind: string | null })[]
  /** By the month in which they were sent, UTC: `2026-11`. */
  months: (GoingPart & { month: string })[]
}

/** Conversations that a preview names. */
const NAMED = 20

type Row = {
  grouped: 'all' | 'month' | 'conversation'
  month: string | null
  id: Id | null
  name: string | null
  kind: string | null
  messages: number
  threads: number
  oldest: Id | null
  newest: Id | null
  files: number
  bytes: string
}

/**
 * What lies below the cut-offs, without touching it: one pass over the messages and files that would go.
 * `conversation`: only of this one. Messages that are in direct or group conversations are counted together.
 */
export async function previewRetention(
  connection: Queryable,
  cutoffs: Cutoffs,
  conversation: Id | null = null,
): Promise<Preview> {
  const { rows } = await connection.query<Row>(STATEMENT, [...cutoffValues(cutoffs), conversation, EPOCH])
  const all = rows.find((row) => row.grouped === 'all')
  const part = (row: Row): GoingPart => ({
    messages: row.messages,
    files: row.files,
    bytes: Number(row.bytes),
  })
  return {
    all: {
      messages: all?.messages ?? 0,
      threads: all?.threads ?? 0,
      oldest: all?.oldest ? timeOf(all.oldest) : null,
      newest: all?.newest ? timeOf(all.newest) : null,
      files: all?.files ?? 0,
      bytes: Number(all?.bytes ?? 0),
    },
    conversations: rows
      .filter((row) => row.grouped === 'conversation')
      .sort((a, b) => b.messages - a.messages || Number(b.bytes) - Number(a.bytes))
      .slice(0, NAMED)
      .map((row) => ({ id: row.id, name: row.name, kind: row.kind, ...part(row) })),
    months: rows
      .filter((row) => row.grouped === 'month')
      .sort((a, b) => (a.month! < b.month! ? -1 : 1))
      .map((row) => ({ month: row.month!, ...part(row) })),
  }
}

const STATEMENT = `
  WITH scope AS MATERIALIZED (
    SELECT c.id, ${CUTOFF} AS cutoff, CASE WHEN c.kind IN ('private', 'public') THEN c.id END AS channel
    FROM conversations c ${OWN_CUTOFFS}
    WHERE ($4::bigint IS NULL OR c.id = $4) AND ${CUTOFF} IS NOT NULL
  ), going AS (
    SELECT s.channel, m.id, (m.root_id IS NULL AND m.thread_replies > 0)::int AS thread, 1 AS message, 0 AS file, 0::bigint AS bytes
    FROM scope s JOIN messages m ON m.conversation_id = s.id AND m.id < s.cutoff AND m.gone IS DISTINCT FROM 'expired'
    UNION ALL
    SELECT s.channel, f.message_id, 0, 0, 1, f.size
    FROM scope s JOIN files f ON f.conversation_id = s.id AND f.message_id < s.cutoff
  ), counted AS (
    SELECT grouping(month) AS m, grouping(channel) AS c, month, channel, sum(message)::int AS messages, sum(thread)::int AS threads,
      min(id) FILTER (WHERE message = 1) AS oldest, max(id) FILTER (WHERE message = 1) AS newest,
      sum(file)::int AS files, sum(bytes)::bigint AS bytes
    FROM (
      SELECT *, to_char(to_timestamp(((id >> 22) + $5::bigint) / 1000.0) AT TIME ZONE 'UTC', 'YYYY-MM') AS month FROM going
    ) dated
    GROUP BY GROUPING SETS ((), (month), (channel))
  )
  SELECT CASE WHEN t.m = 1 AND t.c = 1 THEN 'all' WHEN t.c = 1 THEN 'month' ELSE 'conversation' END AS grouped,
    t.month, t.channel AS id, c.name, c.kind, t.messages, t.threads, t.oldest, t.newest, t.files, t.bytes
  FROM counted t LEFT JOIN conversations c ON c.id = t.channel`
