import { ExportProblem } from '@parley/domain/import/export-problem'
import type { z } from 'zod'
import { findJsonError } from './find-json-error.ts'

/** Faulty items that are counted. Each is judged alone: a list of nothing else would fill the memory with complaints. */
const COUNTED = 1_000

/**
 * The list that a file holds, each item checked. Of many faults the first is described; the rest are usually its
 * consequences.
 */
export function parseJsonFile<T>(file: string, bytes: Buffer, item: z.ZodType<T>): T[] {
  const list = parse(file, decode(file, bytes))
  if (!Array.isArray(list)) throw new ExportProblem(file, 'At the top: there must be a list.')
  const items: T[] = []
  let first = ''
  let faults = 0
  for (const [n, one] of list.entries()) {
    const parsed = item.safeParse(one)
    if (parsed.success) {
      if (faults === 0) items.push(parsed.data)
      continue
    }
    const { path, message } = parsed.error.issues[0]!
    first ||= `At ${where([n, ...path])}: ${message}`
    faults += 1
    if (faults === COUNTED) break
  }
  if (faults === 0) return items
  const more = faults === COUNTED ? ` (and at least ${COUNTED - 1} more)` : ` (and ${faults - 1} more)`
  throw new ExportProblem(file, `${first}${faults > 1 ? more : ''}.`)
}

function decode(file: string, bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new ExportProblem(file, 'This is not UTF-8 text. Slack writes UTF-8: download the export again.')
  }
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    const { line, column } = findJsonError(text)
    throw new ExportProblem(file, `This is not valid JSON from line ${line}, column ${column}.`)
  }
}

/** `[12, "user"]` reads as `item 13, user`: people count from one. */
const where = (path: readonly PropertyKey[]): string =>
  path.map((key) => (typeof key === 'number' ? `item ${key + 1}` : String(key))).join(', ')
