import { ParleyError } from '@parley/protocol'
import type { z } from 'zod'

/** What is said of an input is a sentence, however long the input: it may name keys that were sent, and all choices. */
const SENTENCE_LENGTH = 300
const FIELD_LENGTH = 100

/** The first thing that a shape does not take, and where it is. */
export function badInput({ issues: [issue] }: z.ZodError): ParleyError {
  const field = shortened(issue?.path.join('.') ?? '', FIELD_LENGTH)
  const says = shortened(issue?.message ?? '', SENTENCE_LENGTH)
  return new ParleyError('bad_input', field ? `${field}: ${says}` : says || undefined, { field })
}

/** Cut between characters: half of one is none. */
const shortened = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most).replace(/[\ud800-\udbff]$/, '')}…`
