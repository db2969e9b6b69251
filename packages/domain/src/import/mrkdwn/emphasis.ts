import type { Atoms } from './atoms.ts'

/**
 * Slack's `*bold*`, `~strike~` and `_italic_`: a delimiter opens after white space or punctuation and before a
 * character, closes after a character and not before a letter or digit, and never spans lines.
 */
const BEFORE = String.raw`(?<![\p{L}\p{N}\\])`
const AFTER = String.raw`(?![\p{L}\p{N}])`
const between = (mark: string) =>
  new RegExp(
    `${BEFORE}(?<!${mark})${mark}(?!${mark})(?=\\S)([^${mark}\\n]*\\S)${mark}(?!${mark})${AFTER}`,
    'gu',
  )

const STYLES = [
  [between('\\*'), '**'],
  [between('~'), '~~'],
  [between('_'), '_'],
] as const

/** Replaces the delimiters of one line by atoms of Markdown's. */
export const convertEmphasis = (line: string, atoms: Atoms): string =>
  STYLES.reduce(
    (text, [pattern, mark]) =>
      text.replace(pattern, (_, inside: string) => atoms.keep(mark) + inside + atoms.keep(mark)),
    line,
  )
