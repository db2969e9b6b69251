import { isParleyError } from '@parley/protocol'

export type DescribedError = {
  name: string
  code?: string
  message?: string
  at?: string[]
  cause?: DescribedError
  [detail: string]: unknown
}

const FRAMES = 12
const CAUSES = 3

/**
 * What a log may say about an error. Many libraries put values into their messages (PostgreSQL the row that clashed,
 * Prisma the arguments of a query, JSON.parse a piece of the text), so a message is only passed on from sources that
 * are known to write none; name, code and where it happened always are.
 */
export function describeError(error: unknown, depth = CAUSES): DescribedError {
  if (!(error instanceof Error)) return { name: error === null ? 'null' : typeof error }
  const described: DescribedError = { name: error.name }
  const code = textOf(error, 'code')
  if (code) described.code = code
  if (saysNothingPrivate(error, code)) described.message = error.message
  for (const detail of DETAILS) {
    const value = textOf(error, detail)
    if (value) described[detail] = value
  }
  const frames = framesOf(error)
  if (frames.length > 0) described.at = frames
  if (error.cause !== undefined && depth > 0) described.cause = describeError(error.cause, depth - 1)
  return described
}

/** Names of things of ours that a failing part tells: PostgreSQL's fields, Node's system call. */
const DETAILS = ['table', 'column', 'constraint', 'syscall'] as const

/** PostgreSQL, appendix A: connection, authorisation, statement as such, resources, operator, system. */
const ABOUT_THE_SERVER = /^(08|28|3D|42|53|57|58)[0-9A-Z]{3}$/

function saysNothingPrivate(error: Error, code: string | null): boolean {
  if (isParleyError(error) || 'syscall' in error) return true
  if (error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError)
    return true
  return code !== null && ABOUT_THE_SERVER.test(code)
}

function textOf(error: Error, field: string): string | null {
  const value = (error as unknown as Record<string, unknown>)[field]
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value.length <= 100 ? value : null
}

/** Without the stack's first lines, which repeat the message. */
function framesOf(error: Error): string[] {
  return (error.stack ?? '')
    .slice(error.message ? (error.stack ?? '').indexOf(error.message) + error.message.length : 0)
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, FRAMES)
    .map((line) => line.trim().slice(3, 200))
}
