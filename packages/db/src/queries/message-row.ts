import { type FileCard, type Id, type Message, type Reaction, timeOf } from '@parley/protocol'

/** A row of messages, as every statement here selects it. */
export type MessageRow = {
  conversation_id: Id
  id: Id
  seq: number
  version: number
  ordinal: number
  root_id: Id | null
  sender_id: Id
  client_id: string | null
  text: string
  mentions: Id[]
  edited_at: Date | null
  gone: 'deleted' | 'expired' | null
  pinned: boolean
  reactions: Reaction[] | null
  files: FileCard[] | null
  thread_replies: number
  thread_last_at: Date | null
  thread_people: Id[]
}

export const MESSAGE_COLUMNS = [
  'conversation_id', 'id', 'seq', 'version', 'ordinal', 'root_id', 'sender_id', 'client_id', 'text', 'mentions',
  'edited_at', 'gone', 'pinned', 'reactions', 'files', 'thread_replies', 'thread_last_at', 'thread_people',
] // biome-ignore format: one list
  .map((column) => `m.${column}`)
  .join(', ')

/**
 * About so many bytes of messages one statement brings: all it finds is in memory together, and then on its way to
 * somebody. It always brings one message, or nobody would get on.
 */
export const READ_BYTES = 131_072
/** About what a message `m` is on the wire. Sizes are read off without unpacking what is stored. */
export const MESSAGE_BYTES = `400 + octet_length(m.text) + 24 * cardinality(m.mentions)
  + coalesce(pg_column_size(m.reactions), 0) + coalesce(pg_column_size(m.files), 0)`

/** The state of a message as everybody sees it: events, sync and history all go through here. */
export const toMessage = (row: MessageRow): Message => ({
  id: row.id,
  conversation: row.conversation_id,
  seq: row.seq,
  version: row.version,
  ordinal: row.ordinal,
  root: row.root_id,
  sender: row.sender_id,
  client: row.client_id,
  text: row.text,
  at: timeOf(row.id),
  editedAt: row.edited_at?.getTime() ?? null,
  gone: row.gone,
  mentions: row.mentions,
  reactions: row.reactions ?? [],
  files: row.files ?? [],
  thread:
    row.thread_replies > 0
      ? { replies: row.thread_replies, lastAt: row.thread_last_at?.getTime() ?? 0, people: row.thread_people }
      : null,
  pinned: row.pinned,
})
