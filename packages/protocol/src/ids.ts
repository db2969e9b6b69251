/**
 * Ids: 64-bit, unique across all nodes, ordered by time.
 *
 *   41 bits  milliseconds since EPOCH (lasts until 2084)
 *   10 bits  node, leased in Redis so that no two running processes share one
 *   12 bits  counter within the millisecond
 *
 * On the wire and in TypeScript an id is its decimal string, since JSON numbers lose bits past 2^53.
 */
export type Id = string

/** Without leading zeros, so that each id has one spelling. */
export const ID_PATTERN = /^(0|[1-9]\d{0,18})$/
/** 2^63 − 1: what the database holds in a bigint. */
const GREATEST_ID = '9223372036854775807'
export const isId = (text: string): text is Id =>
  ID_PATTERN.test(text) && (text.length < GREATEST_ID.length || text <= GREATEST_ID)

/** 2015-01-01T00:00:00Z, in Unix milliseconds. */
export const EPOCH = 1_420_070_400_000
export const NODE_BITS = 10
export const COUNTER_BITS = 12
export const MAX_NODE = (1 << NODE_BITS) - 1
/**
 * Nodes from here on are never leased: imports write ids of past times as them, and those must not meet ids that a
 * running process made at that time.
 */
export const FIRST_IMPORT_NODE = 960
const MAX_COUNTER = (1 << COUNTER_BITS) - 1

/** Composes the id of one moment. `at` in Unix milliseconds. */
export function idAt(at: number, node: number, counter: number): Id {
  const time = BigInt(Math.max(0, Math.floor(at) - EPOCH))
  return ((time << 22n) | (BigInt(node) << 12n) | BigInt(counter)).toString()
}

/** When an id was made, in Unix milliseconds. */
export const timeOf = (id: Id): number => Number(BigInt(id) >> 22n) + EPOCH

/** Orders ids by time; decimal strings of unequal length do not sort as text. */
export const compareIds = (a: Id, b: Id): number =>
  a.length !== b.length ? a.length - b.length : a < b ? -1 : a > b ? 1 : 0

/**
 * A source of ids for one process.
 * Never goes back: when the clock steps back it stays at the last millisecond and counts on, and when the
 * counter of a millisecond is spent it borrows the next one.
 */
export function idSource(node: number, now: () => number = Date.now): () => Id {
  if (!Number.isInteger(node) || node < 0 || node > MAX_NODE)
    throw new RangeError(`node must be 0–${MAX_NODE}, got ${node}`)
  let last = 0
  let counter = 0
  return () => {
    const at = Math.max(now(), last)
    if (at > last) {
      last = at
      counter = 0
    } else if (counter === MAX_COUNTER) {
      last += 1
      counter = 0
    } else counter += 1
    return idAt(last, node, counter)
  }
}
