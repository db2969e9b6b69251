import type { Database } from '@parley/db'
import { ensurePartitions } from '@parley/db/queries/ensure-partitions'
import { COUNTER_BITS, EPOCH, FIRST_IMPORT_NODE, NODE_BITS } from '@parley/protocol'
import { FIRST, type Pairs } from './population.ts'

const DAY_MS = 86_400_000
/** Over which the messages are spread, evenly and over all conversations. */
const YEAR_MS = 365 * DAY_MS
/** For so long the upkeep keeps what a retry is answered with. */
const SENT_KEPT_MS = 30 * DAY_MS

/**
 * What the people of these pairs have written in the past year, `messages` in all. Indexes are those of the migrations,
 * made when the rows are there: that is as they would be, and quicker. Nothing stands in the search.
 */
export async function writeHistory(db: Database, of: Pairs, messages: number): Promise<void> {
  const end = Date.now()
  const begin = end - YEAR_MS
  await ensurePartitions(db.sql, new Date(begin), new Date(end))
  const { connection } = db
  const conversations = of.pairs * of.each
  const step = Math.floor(YEAR_MS / messages)
  await connection.query(`
    BEGIN;
    SET LOCAL maintenance_work_mem = '1GB';
    ${await withoutIndexes(
      db,
      'messages',
      `
      INSERT INTO messages (conversation_id, id, seq, version, ordinal, sender_id, client_id, text, mentions, thread_people)
      SELECT ${of.first} + g % ${conversations},
        (${begin - EPOCH} + g * ${step}::bigint) << ${NODE_BITS + COUNTER_BITS} | ${FIRST_IMPORT_NODE << COUNTER_BITS},
        nth, nth, nth, ${FIRST + of.person} + 2 * (g % ${conversations} / ${of.each}) + nth % 2, gen_random_uuid(),
        'Message ' || g || ' of about sixty characters, as people write them in an office.', '{}', '{}'
      FROM generate_series(0, ${messages - 1}) g, LATERAL (SELECT g / ${conversations} + 1 AS nth) n;`,
    )}
    ${await withoutIndexes(
      db,
      'sent_messages',
      `
      INSERT INTO sent_messages (conversation_id, sender_id, client_id, message_id, seq, version, ordinal, created_at)
      SELECT conversation_id, sender_id, client_id, id, seq, version, ordinal,
        to_timestamp(((id >> ${NODE_BITS + COUNTER_BITS}) + ${EPOCH}) / 1000.0)
      FROM messages
      WHERE id >= ${end - SENT_KEPT_MS - EPOCH}::bigint << ${NODE_BITS + COUNTER_BITS}
        AND conversation_id BETWEEN ${of.first} AND ${of.first + conversations - 1};`,
    )}
    UPDATE conversations c SET last_seq = m.most, last_version = m.most, roots = m.most
    FROM (SELECT conversation_id, max(seq) AS most FROM messages GROUP BY conversation_id) m
    WHERE c.id = m.conversation_id;
    UPDATE memberships SET read_seq = last_seq, read_ordinal = roots FROM conversations c WHERE c.id = conversation_id;
    COMMIT`)
}

/** Statements that take all indexes away, do something, and make them again as they were. */
async function withoutIndexes({ sql }: Database, table: string, statements: string): Promise<string> {
  const indexes = await sql<{ name: string; definition: string; key: string | null }>`
    SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition,
      pg_get_constraintdef(c.oid) AS key
    FROM pg_index i LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.contype = 'p'
    WHERE i.indrelid = ${table}::regclass`
  return [
    ...indexes.map(({ name, key }) =>
      key ? `ALTER TABLE ${table} DROP CONSTRAINT ${name}` : `DROP INDEX ${name}`,
    ),
    statements,
    ...indexes.map(({ name, key, definition }) =>
      key ? `ALTER TABLE ${table} ADD CONSTRAINT ${name} ${key}` : definition.replace(' ON ONLY ', ' ON '),
    ),
  ]
    .join(';\n')
    .concat(';')
}
