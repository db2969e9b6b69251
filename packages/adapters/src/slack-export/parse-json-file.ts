import { ExportProblem } from '@parley/domain/import/export-problem'
import type { z } from 'zod'
import { findJsonError } from './find-json-error.ts'

/** Of many faults in one file the first is described; the rest are usually its consequences. */
export function parseJsonFile<T>(file: string, bytes: Buffer, shape: z.ZodType<T>): T {
  const parsed = shape.safeParse(parse(file, decode(file, bytes)))
  if (parsed.success) return parsed.data
  const { path, message } = parsed.error.issues[0]!
  const count = parsed.error.issues.length
  const more = count > 1 ? ` (and ${count - 1} more of the kind)` : ''
  throw new ExportProblem(file, `At ${where(path)}: ${message}${more}.`)
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
  path.map((key) => (typeof key === 'number' ? `item ${key + 1}` : String(key))).join(', ') || 'the top'
