import type { Id } from '@parley/protocol'
import type { Queryable } from '../../sql.ts'
import type { NotificationReason } from './whom-to-tell.ts'

/** A notification with all by which it is decided what becomes of it, as it stands now. */
export type WaitingRow = {
  id: Id
  person: Id
  conversation: Id
  message: Id
  reason: NotificationReason
  state: 'waiting' | 'delivering' | 'withdrawn' | 'delivered' | 'failed'
  steps: unknown
  created_at: Date
  updated_at: Date
  /** The message was deleted, or retention took it. */
  gone: boolean
  read: boolean
  /** The person is active, still in the conversation and has not silenced it. */
  reachable: boolean
  muted: boolean
  text: string
  files: number
  root: Id | null
  ordinal: number
  sender: string
  kind: 'direct' | 'group' | 'private' | 'public'
  channel: string | null
  name: string
  email: string | null
  preferences: unknown
}

const SELECT = `
  SELECT n.id, n.person_id AS person, n.conversation_id AS conversation, n.message_id AS message, n.reason, n.state, n.steps,
    n.created_at, n.updated_at, (m.id IS NULL OR m.gone IS NOT NULL) AS gone,
    coalesce(CASE WHEN m.root_id IS NULL THEN s.read_seq >= n.seq
      ELSE coalesce(f.read_replies >= m.ordinal, false) OR (n.reason <> 'thread' AND s.read_seq >= n.seq) END, false) AS read,
    (p.status = 'active' AND s.person_id IS NOT NULL) AS reachable, coalesce(s.muted AND n.reason <> 'mention', false) AS muted,
    coalesce(m.text, '') AS text, coalesce(jsonb_array_length(m.files), 0) AS files, m.root_id AS root, coalesce(m.ordinal, 0) AS ordinal,
    coalesce(w.name, '') AS sender, c.kind, c.name AS channel, p.name, p.email, p.preferences
  FROM notifications n
  JOIN people p ON p.id = n.person_id
  JOIN conversations c ON c.id = n.conversation_id
  LEFT JOIN memberships s ON s.conversation_id = n.conversation_id AND s.person_id = n.person_id AND s.left_at IS NULL
  LEFT JOIN messages m ON m.conversation_id = n.conversation_id AND m.id = n.message_id
  LEFT JOIN people w ON w.id = m.sender_id
  LEFT JOIN thread_followers f
    ON f.conversation_id = n.conversation_id AND f.root_id = m.root_id AND f.person_id = n.person_id AND f.following`

/** One notification, held until the end of the transaction. Null when retention took it with its message. */
export async function heldNotification(connection: Queryable, id: Id): Promise<WaitingRow | null> {
  const { rows } = await connection.query<WaitingRow>(`${SELECT} WHERE n.id = $1 FOR UPDATE OF n`, [id])
  return rows[0] ?? null
}

/** All that waits to be told to a person, oldest first, held likewise. */
export async function waitingOf(connection: Queryable, person: Id, most: number): Promise<WaitingRow[]> {
  const { rows } = await connection.query<WaitingRow>(
    `${SELECT} WHERE n.person_id = $1 AND n.state = 'waiting' ORDER BY n.id LIMIT $2 FOR UPDATE OF n`,
    [person, most],
  )
  return rows
}
