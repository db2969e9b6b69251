import { type Id, zId } from '@parley/protocol'
import { z } from 'zod'
import { cursor } from '../cursor.ts'
import { storableText } from '../storable-text.ts'

type Order = { sort: string; descending: boolean }
/** Where a page ended. Good only for the same order. */
export type ListCursor = Order & { sortedBy: string; id: Id }

const within = ({ sort, descending }: Order) =>
  cursor(z.tuple([z.literal(sort), z.literal(descending), storableText(400), zId]))

export const writeCursor = (c: ListCursor): string => within(c).of([c.sort, c.descending, c.sortedBy, c.id])

/** @throws ParleyError('bad_input') when it is not one of ours, or belongs to another order */
export function readCursor(text: string, order: Order): ListCursor {
  const [sort, descending, sortedBy, id] = within(order).read(text)!
  return { sort, descending, sortedBy, id }
}
