import type { FileCard, Id, ThreadCard } from '@parley/protocol'
import type { Queryable } from '../sql.ts'

export type NewMessage = {
  conversation: Id
  sender: Id
  client: string
  id: Id
  root: Id | null
  text: string
  mentions: Id[]
  files: Id[]
}

/** `absent`: no such conversation for this sender, or no such root. `files`: one is not the sender's to attach. */
export type SentRow = {
  o_ord: number
  o_status: 'new' | 'duplicate' | 'absent' | 'archived' | 'files'
  o_id: Id
  o_seq: number
  o_version: number
  o_ordinal: number
  o_files: FileCard[] | null
  o_thread: (ThreadCard & { author: Id }) | null
  o_outbox: Id
}

const literal = (ids: Id[]): string => (ids.length === 0 ? '{}' : `{${ids.join(',')}}`)

/**
 * One commit for a whole batch: see send_messages() in the migrations.
 * `published`: outbox rows whose publishing is over, removed in passing.
 */
export async function sendMessages(
  connection: Queryable,
  batch: NewMessage[],
  published: Id[],
): Promise<SentRow[]> {
  const { rows } = await connection.query<SentRow>({
    name: 'send_messages',
    text: 'SELECT * FROM send_messages($1, $2, $3, $4, $5, $6, $7, $8, $9)',
    values: [
      literal(published),
      literal(batch.map((m) => m.conversation)),
      literal(batch.map((m) => m.sender)),
      literal(batch.map((m) => m.client)),
      literal(batch.map((m) => m.id)),
      `{${batch.map((m) => m.root ?? 'NULL').join(',')}}`,
      batch.map((m) => m.text),
      batch.map((m) => literal(m.mentions)),
      batch.map((m) => literal(m.files)),
    ],
  })
  return rows
}
