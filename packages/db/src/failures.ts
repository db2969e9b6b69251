/** Prisma's word for whatever PostgreSQL said that it has no own word for; what that was is told beside. */
const SAID_BY_DATABASE = 'P2039'
type Said = { driverAdapterError?: { cause?: { originalCode?: string } } }

/** What Prisma's adapter throws as it is where a transaction begins or commits: the reason is no Error. */
type Adapters = { kind: string; originalCode?: string }
const isAdapters = (cause: unknown): cause is Adapters =>
  typeof cause === 'object' && cause !== null && 'kind' in cause && typeof cause.kind === 'string'

/** SQLSTATE, PostgreSQL documentation, appendix A; or Prisma's own code; or its adapter's name of what happened. */
const codeOf = (e: unknown): string => {
  if (!(e instanceof Error)) return ''
  if ('code' in e && typeof e.code === 'string') {
    if (e.code !== SAID_BY_DATABASE || !('meta' in e)) return e.code
    return (e.meta as Said | undefined)?.driverAdapterError?.cause?.originalCode ?? e.code
  }
  if (isAdapters(e.cause)) return e.cause.originalCode ?? e.cause.kind
  return e.cause === undefined ? '' : codeOf(e.cause)
}

/** A row with that key is there already (also as Prisma reports it). */
export const isUniqueViolation = (e: unknown): boolean => codeOf(e) === '23505' || codeOf(e) === 'P2002'

/**
 * A value that no column can hold, whatever the statement: a number past its type, a NUL character, half a surrogate pair
 * in JSON, what should be a number or a time and is not (class 22, data exception).
 */
const VALUES = new Set(['22003', '22007', '22008', '22021', '22P02', '22P03', '22P05'])
export const isBadValue = (e: unknown): boolean => VALUES.has(codeOf(e))

const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'P1001',
  'P1017',
  'P2024',
  'P2028',
  // too many connections
  'P2037',
  'ConnectionClosed',
  'DatabaseNotReachable',
  'SocketTimeout',
])

/** The database could not be reached, went away, or was too busy: the same statement may succeed later. */
export function isUnavailable(e: unknown): boolean {
  const code = codeOf(e)
  if (NETWORK.has(code) || /^(08|53|57|40|55P03|25P0[23])/.test(code)) return true
  return (
    e instanceof Error &&
    /Connection terminated|Client was closed|timeout expired|Query read timeout|timeout exceeded when trying to connect|Client has encountered a connection error/.test(
      e.message,
    )
  )
}
