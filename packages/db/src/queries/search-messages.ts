import type { Id } from '@parley/protocol'
import type { Queryable } from '../sql.ts'

export type MessageSearch = {
  /** As websearch_to_tsquery takes it; '' for none. */
  words: string
  /** Of these what is marked in the snippet. */
  marked: string
  /** A word that may not be finished; '' for none. */
  beginning: string
  /** Any of these; null for all. */
  senders: readonly Id[] | null
  conversations: readonly Id[] | null
  /** Ids of messages in [from, to), since ids are times. */
  from: Id | null
  to: Id | null
  links: boolean
  files: boolean
}

export type FoundMessage = {
  message: Id
  conversation: Id
  seq: number
  ordinal: number
  root: Id | null
  /** Place of the root among the roots: of the message itself, or of the one it replies to. */
  place: number
  sender: Id
  /** Plain text around what was found, which stands between « and ». */
  snippet: string
}

/** A quoted operand, so that nothing in it is taken for an operator (PostgreSQL documentation §12.3.2). */
const begins = (word: string): string =>
  word === '' ? '' : `'${word.replace(/\\/g, '\\\\').replace(/'/g, "''")}':*`

const MARKS = 'StartSel=«, StopSel=»'
/** Text up to this long is shown whole, longer in pieces around what was found. Characters. */
const SHOWN_WHOLE = 240
const PIECES = 'MaxWords=32, MinWords=12, ShortWord=0, MaxFragments=2, FragmentDelimiter=" … "'

/**
 * Messages in conversations that the person is a member of, newest first. What is gone is never among them, whatever
 * the index still holds.
 */
export async function searchMessages(
  connection: Queryable,
  person: Id,
  search: MessageSearch,
  limit: number,
): Promise<FoundMessage[]> {
  const values: unknown[] = [person, limit]
  const value = (v: unknown) => `$${values.push(v)}`
  const queryOf = (words: string): string | null =>
    words === '' && search.beginning === ''
      ? null
      : `(websearch_to_tsquery('simple', ${value(words)}) && to_tsquery('simple', ${value(begins(search.beginning))}))`
  const query = queryOf(search.words)
  const where = [
    query && `s.body @@ ${query}`,
    search.senders && `s.sender_id = ANY (${value(search.senders)}::bigint[])`,
    search.conversations && `s.conversation_id = ANY (${value(search.conversations)}::bigint[])`,
    search.from && `s.message_id >= ${value(search.from)}::bigint`,
    search.to && `s.message_id < ${value(search.to)}::bigint`,
  ].filter((condition) => typeof condition === 'string')
  const rest = [search.links && `m.text ~* 'https?://'`, search.files && 'm.files IS NOT NULL'].filter(
    (condition) => typeof condition === 'string',
  )
  const { rows } = await connection.query<FoundMessage>(
    `SELECT f.message, f.conversation, f.seq, f.ordinal, f.root, f.place, f.sender, ${snippetOf(queryOf(search.marked))} AS snippet
     FROM (
       SELECT m.id AS message, m.conversation_id AS conversation, m.seq, m.ordinal, m.root_id AS root,
         m.sender_id AS sender, m.text, coalesce(r.ordinal, m.ordinal) AS place
       -- OFFSET 0: first all that match, newest first, from the index alone; then one by one, until the page is full.
       FROM (
         SELECT s.conversation_id, s.message_id FROM message_search s
         WHERE s.conversation_id IN (SELECT conversation_id FROM memberships WHERE person_id = $1 AND left_at IS NULL)
           ${where.map((condition) => `AND ${condition}`).join(' ')}
         ORDER BY s.message_id DESC OFFSET 0
       ) h
       JOIN conversations c ON c.id = h.conversation_id
       CROSS JOIN LATERAL (
         SELECT * FROM messages x WHERE x.conversation_id = h.conversation_id AND x.id = h.message_id AND x.gone IS NULL OFFSET 0
       ) m
       LEFT JOIN LATERAL (
         SELECT ordinal FROM messages x WHERE x.conversation_id = m.conversation_id AND x.id = m.root_id OFFSET 0
       ) r ON m.root_id IS NOT NULL
       WHERE coalesce(r.ordinal, m.ordinal) > c.floor ${rest.map((condition) => `AND ${condition}`).join(' ')}
       ORDER BY h.message_id DESC LIMIT $2
     ) f ORDER BY f.message DESC`,
    values,
  )
  return rows
}

/** Tags would be left out and the marks be mistaken; tokens such as `<@ID>` stay, for the client to write out. */
const snippetOf = (query: string | null): string => {
  const text = `regexp_replace(translate(f.text, '«»', '‹›'), '<(?![@#!]|https?:)', '‹', 'g')`
  return query
    ? `ts_headline('simple', ${text}, ${query}, '${MARKS}, ' || CASE WHEN length(f.text) <= ${SHOWN_WHOLE} THEN 'HighlightAll=true' ELSE '${PIECES}' END)`
    : `left(${text}, ${SHOWN_WHOLE})`
}
