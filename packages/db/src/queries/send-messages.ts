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
  const { conversations, writers, at, nth, nthBeside } = placesOf(batch)
  const { rows } = await connection.query<Row>({
    name: 'send_messages_judged_by_writing',
    text: `
      SELECT o_outbox, o_statuses, o_ids, o_seqs, o_versions, o_ordinals, o_cards, o_threads
      FROM send_messages($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
    values: [
      literal(conversations.map((c) => c.id)),
      literal(conversations.map((c) => c.messages)),
      literal(conversations.map((c) => c.roots)),
      literal(conversations.map((c) => c.newest)),
      literal(writers.map((w) => w.at)),
      literal(writers.map((w) => w.person)),
      literal(writers.map((w) => w.lastRoot ?? 'NULL')),
      ...[literal(at), literal(nth), literal(nthBeside)],
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

/** What a batch has of one conversation; `newest`: the greatest id. */
type Place = { id: Id; messages: number; roots: number; newest: Id }
/** Who writes in which conversation; `lastRoot`: the place of their last root in the batch. */
type Writer = { at: number; person: Id; lastRoot: number | null }

/**
 * Where each message of a batch stands in it: its conversation among them, and itself among the others there and among
 * those of its thread, or among the roots. All places count from 1, conversations by their ids.
 */
function placesOf(batch: NewMessage[]) {
  const ids = [...new Set(batch.map((m) => m.conversation))].sort(compareIds)
  const conversations = ids.map((id): Place => ({ id, messages: 0, roots: 0, newest: '0' }))
  const placeOf = new Map(ids.map((id, i) => [id, i + 1]))
  const writers = new Map<string, Writer>()
  const replies = new Map<string, number>()
  const [at, nth, nthBeside]: [number[], number[], number[]] = [[], [], []]
  for (const [i, { conversation, sender, id, root }] of batch.entries()) {
    const place = placeOf.get(conversation)!
    const here = conversations[place - 1]!
    const key = `${conversation} ${sender}`
    let writer = writers.get(key)
    if (!writer) {
      writer = { at: place, person: sender, lastRoot: null }
      writers.set(key, writer)
    }
    at.push(place)
    nth.push(++here.messages)
    if (compareIds(id, here.newest) > 0) here.newest = id
    if (root === null) {
      writer.lastRoot = i + 1
      nthBeside.push(++here.roots)
    } else {
      const thread = `${conversation} ${root}`
      const before = replies.get(thread) ?? 0
      replies.set(thread, before + 1)
      nthBeside.push(before + 1)
    }
  }
  return { conversations, writers: [...writers.values()], at, nth, nthBeside }
}

const literal = (values: readonly (string | number)[]): string => `{${values.join(',')}}`

/** Of lists, as PostgreSQL writes an array of their texts; of none when all of them are empty. */
const literals = (lists: Id[][]): string[] =>
  lists.every((one) => one.length === 0) ? [] : lists.map(literal)
