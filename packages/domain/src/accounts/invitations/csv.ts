import { storableText } from '../../storable-text.ts'

/** A thousand people with long names and titles. */
const LONGEST = 200_000

export const zCsv = storableText(LONGEST, 'split the file')

/** One record of a CSV file, and the line that it began on, from 1. */
export type CsvRecord = { line: number; fields: string[] }

/**
 * Reads CSV (RFC 4180). Spreadsheets of other countries write `;` or a tab for the comma: whichever the first line has
 * most of. A quote that is never closed ends with the text. Empty lines are left out.
 */
export function readCsv(text: string): CsvRecord[] {
  const source = text.replace(/^\uFEFF/, '')
  const separator = separatorOf(source)
  const records: CsvRecord[] = []
  let fields: string[] = []
  let field = ''
  let quoted = false
  let line = 1
  let began = 1
  const endRecord = () => {
    fields.push(field)
    if (fields.some((one) => one.trim() !== '')) records.push({ line: began, fields })
    fields = []
    field = ''
    began = line
  }
  for (let i = 0; i < source.length; i++) {
    const character = source[i]!
    if (character === '\n') line += 1
    if (quoted) {
      if (character !== '"') field += character
      else if (source[i + 1] === '"') {
        field += '"'
        i += 1
      } else quoted = false
    } else if (character === '"' && field.trim() === '') {
      field = ''
      quoted = true
    } else if (character === separator) {
      fields.push(field)
      field = ''
    } else if (character === '\n') endRecord()
    else if (character !== '\r') field += character
  }
  endRecord()
  return records
}

function separatorOf(text: string): string {
  const [first = ''] = text.split('\n', 1)
  const count = (separator: string) => first.split(separator).length
  return [',', ';', '\t'].reduce((best, one) => (count(one) > count(best) ? one : best))
}
