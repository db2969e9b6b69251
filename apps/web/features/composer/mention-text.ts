import type { Id } from '@parley/protocol'
import { EVERYONE } from '@parley/protocol/text'

export type Chosen = [name: string, id: Id]

/** A text as it is edited: names instead of ids, and whose names they are. */
export function toDisplay(
  text: string,
  nameOf: (id: Id) => string | undefined,
): { text: string; people: Chosen[] } {
  const people: Chosen[] = []
  // People last: what stands in their names is theirs.
  const shown = text.replace(/<!(channel|here)>/g, '@$1').replace(/<@(\d{1,20})>/g, (token, id: string) => {
    const name = nameOf(id)
    if (name === undefined) return token
    people.push([name, id])
    return `@${name}`
  })
  return { text: shown, people }
}

/** Back to what is sent. Longer names first, so that "@Ann" does not take the beginning of "@Ann Lee". */
export function toWire(text: string, people: readonly Chosen[]): string {
  const tokens = new Map<string, string>([
    ['channel', '<!channel>'],
    ['here', '<!here>'],
    ...people.filter(([, id]) => id !== EVERYONE).map(([name, id]): [string, string] => [name, `<@${id}>`]),
  ])
  const names = [...tokens.keys()].sort((a, b) => b.length - a.length).map(literally)
  const mention = new RegExp(`(?<![\\p{L}\\p{N}_])@(${names.join('|')})(?![\\p{L}\\p{N}_])`, 'gu')
  return outsideCode(text, (part) => part.replace(mention, (all, name: string) => tokens.get(name) ?? all))
}

const literally = (name: string) => name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')

/** Code mentions nobody. */
const outsideCode = (text: string, change: (part: string) => string): string =>
  text
    .split(/(```[\s\S]*?(?:```|$)|`[^`\n]*`)/)
    .map((part, index) => (index % 2 === 1 ? part : change(part)))
    .join('')

/** What is being typed after an @ that stands just before the caret; null when it is not a mention. */
export function mentionAt(text: string, caret: number): { from: number; query: string } | null {
  const found = /(?:^|[\s(])@([\p{L}\p{N}_.-]{0,40}(?: [\p{L}\p{N}_.-]{1,40})?)$/u.exec(text.slice(0, caret))
  if (!found) return null
  const query = found[1] ?? ''
  return { from: caret - query.length - 1, query }
}
