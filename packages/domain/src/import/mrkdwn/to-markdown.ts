import { Atoms } from './atoms.ts'
import { codeBlock } from './code.ts'
import { convertLine } from './convert-line.ts'
import type { Dangling, Resolver } from './resolver.ts'

/** Markdown with our mention tokens, and the references that led nowhere. */
export type Converted = { readonly text: string; readonly dangling: Dangling }

/** What the conversion of one message hands from step to step. */
export type Conversion = { readonly atoms: Atoms; readonly resolver: Resolver; readonly dangling: Dangling }

/** Its spaces are looked through once, not from each of them anew. */
const FENCE = /(?<![ \t])[ \t]*\n?```([\s\S]+?)```[ \t]*\n?/g
/** `>>>` quotes everything that follows. */
const LONG_QUOTE = /^[ \t]*&gt;&gt;&gt;[ \t]?/m
const QUOTE = /^[ \t]*&gt;[ \t]?/

/**
 * Turns Slack's mrkdwn into our Markdown, so that it shows here as it showed there: what was formatted is
 * formatted, what was plain characters stays plain characters, and nothing becomes a mention that was none.
 * Source: https://docs.slack.dev/messaging/formatting-message-text
 */
export function toMarkdown(mrkdwn: string, resolver: Resolver): Converted {
  const conversion: Conversion = { atoms: new Atoms(), resolver, dangling: { people: [], conversations: [] } }
  const clean = mrkdwn.replaceAll('\u0000', '').replaceAll('\r\n', '\n')
  const fenced = clean.replace(
    FENCE,
    (_, code: string) => `\n${conversion.atoms.keep(codeBlock(code, resolver))}\n`,
  )
  const long = LONG_QUOTE.exec(fenced)
  const plain = convertLines(long ? fenced.slice(0, long.index) : fenced, conversion)
  const quoted = long ? convertLines(fenced.slice(long.index + long[0].length), conversion) : ''
  return { text: tidy(quoted === '' ? plain : `${plain}\n${quote(quoted)}`), dangling: conversion.dangling }
}

/** Line by line, since Slack's formatting never spans lines. */
function convertLines(text: string, conversion: Conversion): string {
  const lines: string[] = []
  let inQuote = false
  for (const line of text.split('\n')) {
    const quoted = QUOTE.exec(line)?.[0]
    // Markdown would draw the next line into the quote (CommonMark §5.1, laziness); Slack does not.
    if (inQuote && quoted === undefined && line.trim() !== '') lines.push('')
    inQuote = quoted !== undefined
    const rest = convertLine(line.slice(quoted?.length ?? 0), conversion)
    lines.push(inQuote ? `> ${rest}`.trimEnd() : rest)
  }
  return conversion.atoms.restore(lines.join('\n'))
}

const quote = (markdown: string): string =>
  tidy(markdown)
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n')

const tidy = (markdown: string): string =>
  markdown
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd()
    .toWellFormed()
