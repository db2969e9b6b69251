import { cursor } from '@parley/domain/cursor'
import { z } from 'zod'

/** A place in the messages of a conversation or a thread: an ordinal, opaque to whoever pages. */
const place = cursor(z.int().min(1))

export const writeCursor = (ordinal: number | null): string | null =>
  ordinal === null ? null : place.of(ordinal)

/** @throws ParleyError('bad_input') when it is not one of ours */
export const readCursor = (text: string | undefined): number | undefined => place.read(text) ?? undefined
