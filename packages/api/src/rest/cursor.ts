import { ParleyError } from '@parley/protocol'

/** A place in a list of messages, opaque to whoever pages. */
export const writeCursor = (ordinal: number | null): string | null =>
  ordinal === null ? null : Buffer.from(`before ${ordinal}`).toString('base64url')

/** @throws ParleyError('bad_input') when it is not one of ours */
export function readCursor(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined
  const [, ordinal] = /^before (\d{1,9})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  if (ordinal !== undefined) return Number(ordinal)
  throw new ParleyError('bad_input', 'cursor: does not belong to this list. Begin at the first page.', {
    field: 'cursor',
  })
}
