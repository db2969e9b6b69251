import type { Log } from '@parley/domain/ports'
import { describeError } from './log/describe-error.ts'

/** A line is for machines to search and people to read; nothing in it may be longer than helps either. */
const TEXT_LENGTH = 200
const LIST_LENGTH = 20

type Options = { process: string; write?: (line: string) => void }

/** One JSON object a line, on standard output. Holds ids, counts and names of states, never what people wrote. */
export function openLog({ process: name, write = (line) => void process.stdout.write(line) }: Options): Log {
  const line = (level: string, what: string, ids: Record<string, unknown> | undefined, more?: object) =>
    write(
      `${JSON.stringify({ at: new Date().toISOString(), level, process: name, what, ...bounded(ids), ...more })}\n`,
    )
  return {
    info: (what, ids) => line('info', what, ids),
    warn: (what, ids) => line('warn', what, ids),
    error: (what, error, ids) => line('error', what, ids, { error: describeError(error) }),
  }
}

function bounded(ids: Record<string, unknown> = {}): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(ids).map(([name, value]) => [RESERVED.has(name) ? `_${name}` : name, plain(value)]),
  )
}
const RESERVED: ReadonlySet<string> = new Set(['at', 'level', 'process', 'what', 'error'])

/** Objects are left out: whatever is handed in whole may hold a text. */
function plain(value: unknown): unknown {
  if (typeof value === 'string') return value.length > TEXT_LENGTH ? `${value.slice(0, TEXT_LENGTH)}…` : value
  if (typeof value === 'bigint') return value.toString()
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return value
  if (Array.isArray(value))
    return value.slice(0, LIST_LENGTH).map((one) => (Array.isArray(one) ? `[${one.length}]` : plain(one)))
  return value === undefined ? undefined : '[object]'
}
