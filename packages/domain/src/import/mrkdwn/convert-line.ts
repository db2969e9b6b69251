import { codeSpan } from './code.ts'
import { decode } from './decode.ts'
import { convertEmphasis } from './emphasis.ts'
import { escapeInline, escapeLineStart } from './escape.ts'
import type { Conversion } from './to-markdown.ts'
import { convertTokens } from './tokens.ts'

const SPAN = /`([^`\n]+)`/g
const BULLET = /^[ \t]*([•‣◦▪])\ufe0e?[ \t]*/

/** Slack's bullets by depth: its composer writes these three in turn. */
const BULLETS: Readonly<Record<string, string>> = { '•': '- ', '‣': '- ', '◦': '  - ', '▪': '    - ' }

/** One line of encoded mrkdwn, without what makes it a quote. Fenced code in it is an atom already. */
export function convertLine(line: string, { atoms, resolver, dangling }: Conversion): string {
  const [marker = '', bullet = ''] = BULLET.exec(line) ?? []
  const spanned = line.slice(marker.length).replace(SPAN, (_, code: string, at: number, whole: string) => {
    const span = atoms.keep(codeSpan(code, resolver))
    // Two spans side by side would be read as one with a double delimiter (CommonMark §6.1).
    return whole[at + code.length + 2] === '`' ? `${span} ` : span
  })
  const referenced = decode(convertTokens(spanned, atoms, resolver, dangling))
  const inline = escapeInline(convertEmphasis(referenced, atoms))
  return (BULLETS[bullet] ?? '') + escapeLineStart(inline)
}
