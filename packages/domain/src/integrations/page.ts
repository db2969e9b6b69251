import { type Id, ParleyError, zId } from '@parley/protocol'
import { z } from 'zod'

/** Lists of this room are newest first: a cursor is the last id shown. */
export const PAGE = 50
export const zPage = {
  text: z.string().trim().max(80).optional(),
  cursor: z.string().max(40).optional(),
  limit: z.int().min(1).max(200).optional(),
}

const writeCursor = (id: Id): string => Buffer.from(id).toString('base64url')

/** Above every id when there is none. */
export function readCursor(cursor: string | undefined): Id {
  if (cursor === undefined) return '9223372036854775807'
  const parsed = zId.safeParse(Buffer.from(cursor, 'base64url').toString())
  if (parsed.success) return parsed.data
  throw new ParleyError('bad_input', 'cursor: does not belong to this list. Begin at the first page.', {
    field: 'cursor',
  })
}

export type Page<Item> = { items: Item[]; next: string | null }

/** What was read is one row more than is shown, to know whether there are more. */
export function pageOf<Row extends { id: Id }, Item>(
  rows: Row[],
  limit: number,
  item: (row: Row) => Item,
): Page<Item> {
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return { items: rows.slice(0, limit).map(item), next: last ? writeCursor(last.id) : null }
}
