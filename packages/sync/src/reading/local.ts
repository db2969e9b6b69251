import type { Id, Membership } from '@parley/protocol'
import type { Copy, Held } from '../store/held.ts'

/** A read position as this device moved it, shown until the server's own is here. */
export type Local = {
  seq: number
  ordinal: number
  back: boolean
  /** The server has said that it has it. */
  told: boolean
  /** The server's position came since ours was sent, and is another one: ours may have been overtaken already. */
  overtaken: boolean
}

/** The membership as this device shows it. */
export const membershipOf = ({ membership, reading }: Held): Membership =>
  reading ? moved(membership, reading) : membership

/** Replies read of a followed thread, as this device shows it. */
export const repliesRead = (held: Held, root: Id, read: number): number =>
  Math.max(read, held.readingThreads.get(root) ?? 0)

function moved(m: Membership, { seq, ordinal, back }: Local): Membership {
  if (seq === m.readSeq || (seq < m.readSeq && !back)) return m
  return {
    ...m,
    readSeq: seq,
    readOrdinal: seq > m.readSeq ? Math.max(m.readOrdinal, ordinal) : Math.min(m.readOrdinal, ordinal),
    mentionSeqs: m.mentionSeqs.filter((s) => s > seq),
  }
}

/** The server's position changed: ours is over if that is where ours went, or if it can only be newer than ours. */
export function settleReading(held: Held): void {
  const { reading, membership } = held
  if (!reading) return
  const there = reading.back ? membership.readSeq === reading.seq : membership.readSeq >= reading.seq
  if (there || reading.told) held.reading = null
  else reading.overtaken = true
}

/**
 * The ordinal of the last root at or before `seq`. Exact where the root there or the one after it is held; else as
 * near as what is held can tell, until the server says.
 */
export function ordinalAt({ conversation, copy, membership }: Held, seq: number): number {
  if (seq >= conversation.seq) return conversation.roots
  const { before, after } = around(copy, seq)
  if (before !== null && after !== null && after === before + 1) return before
  if (seq < membership.readSeq) return after === null ? membership.readOrdinal : after - 1
  return before ?? membership.readOrdinal
}

function around(copy: Copy | null, seq: number): { before: number | null; after: number | null } {
  let before: number | null = null
  let after: number | null = null
  for (const root of copy?.roots.values() ?? [])
    if (root.seq <= seq) before = Math.max(before ?? 0, root.ordinal)
    else after = Math.min(after ?? root.ordinal, root.ordinal)
  return { before, after }
}
