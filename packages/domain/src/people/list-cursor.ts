import { type Id, ParleyError, zId } from '@parley/protocol'
import { z } from 'zod'

/** Where a page ended. Opaque to whoever pages; good only for the same order. */
export type ListCursor = { sort: string; descending: boolean; sortedBy: string; id: Id }
const zCursor = z.tuple([z.string().max(20), z.boolean(), z.string().max(400), zId])

export const writeCursor = (c: ListCursor): string =>
  Buffer.from(JSON.stringify([c.sort, c.descending, c.sortedBy, c.id])).toString('base64url')

/** @throws ParleyError('bad_input') when it is not one of ours, or belongs to another order */
export function readCursor(text: string, order: { sort: string; descending: boolean }): ListCursor {
  const parsed = zCursor.safeParse(json(text))
  if (!parsed.success || parsed.data[0] !== order.sort || parsed.data[1] !== order.descending)
    throw new ParleyError('bad_input', 'cursor: does not belong to this list. Begin at the first page.', {
      field: 'cursor',
    })
  const [sort, descending, sortedBy, id] = parsed.data
  return { sort, descending, sortedBy, id }
}

function json(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString())
  } catch (e) {
    if (e instanceof SyntaxError) return null
    throw e
  }
}
