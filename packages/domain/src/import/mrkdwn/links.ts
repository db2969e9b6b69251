import type { Atoms } from './atoms.ts'

/** What may become a link. Everything else, `javascript:` above all, stays text. */
const SAFE = /^(?:https?|ftp|mailto|tel):/i

/** A decoded target and an encoded label, which may be empty, as a Markdown link or as plain, still encoded text. */
export function linkTo(target: string, label: string, atoms: Atoms): string {
  if (!SAFE.test(target)) return label || encode(target)
  if (label === '' && !/^(?:mailto|tel):/i.test(target))
    return atoms.keep(`<${percentEncode(target, AUTOLINK)}>`)
  const shown = (label || encode(plainLink(target))).replace(/[[\]]/g, (bracket) =>
    atoms.keep(`\\${bracket}`),
  )
  return atoms.keep('[') + shown + atoms.keep(`](${percentEncode(target, DESTINATION)})`)
}

export const plainLink = (target: string): string => target.replace(/^(?:mailto|tel):/i, '')

const encode = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** What would end an autolink early, or be read as an escape within a destination (CommonMark §6.5, §6.3). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters end both
const AUTOLINK = /[\u0000-\u0020<>`]/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters end both
const DESTINATION = /[\u0000-\u0020<>`()\\]/g

const percentEncode = (target: string, unsafe: RegExp): string =>
  target.replace(unsafe, (char) => `%${char.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`)
