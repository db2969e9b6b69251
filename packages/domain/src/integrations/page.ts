import { type Id, zId } from '@parley/protocol'
import { z } from 'zod'
import { cursor } from '../cursor.ts'
import { storableText } from '../storable-text.ts'

/** Lists of this room are newest first: a page ends at an id. */
export const PAGE = 50
export const zPage = {
  text: storableText(80).trim().optional(),
  cursor: z.string().max(100).optional(),
  limit: z.int().min(1).max(200).optional(),
}
const place = cursor<Id>(zId)

/** Only what is older than this is on the page; null on the first. */
export const readCursor = (text: string | undefined): Id | null => place.read(text)

export type Page<Item> = { items: Item[]; next: string | null }

/** What was read is one row more than is shown, to know whether there are more. */
export function pageOf<Row extends { id: Id }, Item>(
  rows: Row[],
  limit: number,
  item: (row: Row) => Item,
): Page<Item> {
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return { items: rows.slice(0, limit).map(item), next: last ? place.of(last.id) : null }
}
