import type { MessageSearch } from '@parley/db/queries/search-messages'
import { compareIds, type Id, idAt } from '@parley/protocol'
import type { Reader } from '../../access.ts'
import { literally } from '../../people/literally.ts'
import type { SearchQuery, WhoOrWhere } from './parse-query.ts'

/**
 * Names become ids and days become times, as whoever asks sees them. Names that nobody and nothing has leave an empty
 * list, which finds nothing.
 */
export async function resolveQuery(tx: Reader, me: Id, query: SearchQuery): Promise<MessageSearch> {
  const { words, marked, beginning, has } = query
  const [senders, conversations, { from, to }] = await Promise.all([
    query.from.length === 0 ? null : peopleNamed(tx, me, query.from),
    query.in.length === 0 ? null : conversationsNamed(tx, me, query.in),
    timesOf(tx, me, query),
  ])
  return {
    ...{ words, marked, beginning, senders, conversations, from, to },
    ...{ links: has.includes('link'), files: has.includes('file') },
  }
}

const idsOf = (named: readonly WhoOrWhere[]): Id[] => named.flatMap((n) => ('id' in n ? [n.id] : []))
const namesOf = (named: readonly WhoOrWhere[]): string[] =>
  named.flatMap((n) => ('name' in n ? [n.name] : []))

/** `me`, an id, a whole address, or how a name or a word of it begins. */
async function peopleNamed({ sql }: Reader, me: Id, named: readonly WhoOrWhere[]): Promise<Id[]> {
  const names = namesOf(named).filter((name) => name !== 'me')
  const begins = names.map((name) => `${literally(name)}%`)
  const inside = begins.map((pattern) => `% ${pattern}`)
  const rows =
    names.length === 0
      ? []
      : await sql<{ id: Id }>`
          SELECT id FROM people
          WHERE lower(email) = ANY (${names}::text[]) OR lower(name) LIKE ANY (${begins}::text[])
            OR lower(name) LIKE ANY (${inside}::text[])`
  const mine = names.length < namesOf(named).length ? [me] : []
  return [...rows.map((row) => row.id), ...idsOf(named), ...mine]
}

/** Of those that the person is in: channels by their whole name, direct conversations by the other’s. */
async function conversationsNamed(tx: Reader, me: Id, named: SearchQuery['in']): Promise<Id[]> {
  const direct = named.filter((n) => n.direct)
  const people = direct.length === 0 ? [] : await peopleNamed(tx, me, direct)
  const rows = await tx.sql<{ id: Id }>`
    SELECT c.id FROM conversations c JOIN memberships m ON m.conversation_id = c.id
    WHERE m.person_id = ${me} AND m.left_at IS NULL AND (
      lower(c.name) = ANY (${namesOf(named.filter((n) => !n.direct))}::text[])
      OR c.id = ANY (${idsOf(named)}::bigint[])
      OR (c.kind = 'direct' AND array_remove(c.people, ${me}::bigint) && ${people}::bigint[]))`
  return rows.map((row) => row.id)
}

/** Ids are times: the days asked for, from their first moment in the person's time zone, as bounds of ids. */
async function timesOf(
  { sql }: Reader,
  me: Id,
  { after, before, on }: SearchQuery,
): Promise<{ from: Id | null; to: Id | null }> {
  if (!after && !before && !on) return { from: null, to: null }
  const [row] = await sql<Record<'after' | 'before' | 'begin' | 'end', Date | null>>`
    SELECT (${after}::date + 1)::timestamp AT TIME ZONE timezone AS after, ${before}::date::timestamp AT TIME ZONE timezone AS before,
      ${on}::date::timestamp AT TIME ZONE timezone AS begin, (${on}::date + 1)::timestamp AT TIME ZONE timezone AS end
    FROM people WHERE id = ${me}`
  const ids = (dates: (Date | null | undefined)[]): Id[] =>
    dates.flatMap((date) => (date ? [idAt(date.getTime(), 0, 0)] : [])).sort(compareIds)
  return {
    from: ids([row?.after, row?.begin]).at(-1) ?? null,
    to: ids([row?.before, row?.end])[0] ?? null,
  }
}
