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
