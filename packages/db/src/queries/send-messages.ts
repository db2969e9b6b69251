import { compareIds, type FileCard, type Id, type ThreadCard } from '@parley/protocol'
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

/** What became of one message. `absent`: no such conversation for this sender, or no such root. `files`: one is not the sender's to attach. */
export type SentMessage = {
  status: 'new' | 'duplicate' | 'absent' | 'archived' | 'files'
  id: Id
  seq: number
  version: number
  ordinal: number
  files: FileCard[] | null
  thread: (ThreadCard & { author: Id }) | null
}

/** One for each message, in their order. `outbox`: the row that tells of those that are new. */
export type SentBatch = { outbox: Id; messages: SentMessage[] }

type Row = {
  o_outbox: Id
  o_statuses: SentMessage['status'][] | null
  o_ids: Id[] | null
  o_seqs: number[]
  o_versions: number[]
  o_ordinals: number[]
  o_cards: SentMessage['files'][] | null
  o_threads: SentMessage['thread'][] | null
}

/** One commit for a whole batch: see send_messages() in the migrations. */
export async function sendMessages(connection: Queryable, batch: NewMessage[]): Promise<SentBatch> {
  const { conversations, at, nth, nthBeside } = placesOf(batch)
  const { rows } = await connection.query<Row>({
    name: 'send_messages',
    text: 'SELECT * FROM send_messages($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)',
    values: [
      ...[literal(conversations), literal(at), literal(nth), literal(nthBeside)],
      literal(batch.map((m) => m.sender)),
      literal(batch.map((m) => m.client)),
      literal(batch.map((m) => m.id)),
      literal(batch.map((m) => m.root ?? 'NULL')),
      batch.map((m) => m.text),
      literals(batch.map((m) => m.mentions)),
      literals(batch.map((m) => m.files)),
    ],
  })
  const { o_outbox: outbox, ...o } = rows[0]!
  const messages = batch.map(
    ({ id }, i): SentMessage => ({
      status: o.o_statuses?.[i] ?? 'new',
      id: o.o_ids?.[i] ?? id,
      seq: o.o_seqs[i]!,
      version: o.o_versions[i]!,
      ordinal: o.o_ordinals[i]!,
      files: o.o_cards?.[i] ?? null,
      thread: o.o_threads?.[i] ?? null,
    }),
  )
  return { outbox, messages }
}

/** Where each message of a batch stands in it: its conversation among them, and itself among the others there. From 1 on. */
function placesOf(batch: NewMessage[]) {
  const conversations = [...new Set(batch.map((m) => m.conversation))].sort(compareIds)
  const placeOf = new Map(conversations.map((id, i) => [id, i + 1]))
  const counted = new Map<string, number>()
  const next = (key: string): number => {
    const nth = (counted.get(key) ?? 0) + 1
    counted.set(key, nth)
    return nth
  }
  return {
    conversations,
    at: batch.map((m) => placeOf.get(m.conversation)!),
    nth: batch.map((m) => next(m.conversation)),
    nthBeside: batch.map((m) => next(`${m.conversation} ${m.root}`)),
  }
}

const literal = (values: readonly (string | number)[]): string => `{${values.join(',')}}`

/** Of lists, as PostgreSQL writes an array of their texts; of none when all of them are empty. */
const literals = (lists: Id[][]): string[] =>
  lists.every((one) => one.length === 0) ? [] : lists.map(literal)
