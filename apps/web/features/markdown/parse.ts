import type { Id } from '@parley/protocol'
import { Marked, type Token, type Tokens } from 'marked'

/** A person, everybody, or a conversation named in a text. */
export type MentionToken = { type: 'mention'; raw: string } & (
  | { who: 'person'; id: Id }
  | { who: 'channel' | 'here' }
  | { who: 'conversation'; id: Id }
)

const mention = /^<(?:@(\d{1,20})|#(\d{1,20})|!(channel|here))>/

function mentionOf(source: string): MentionToken | undefined {
  const [raw, person, conversation, everyone] = mention.exec(source) ?? []
  if (!raw) return undefined
  if (person) return { type: 'mention', raw, who: 'person', id: person }
  if (conversation) return { type: 'mention', raw, who: 'conversation', id: conversation }
  return { type: 'mention', raw, who: everyone === 'here' ? 'here' : 'channel' }
}

/** GitHub's Markdown with our mentions. HTML is text like any other: no tokenizer for it is left. */
const marked = new Marked({
  gfm: true,
  breaks: true,
  extensions: [
    {
      name: 'mention',
      level: 'inline',
      start: (source: string) => source.search(/<[@#!]/),
      tokenizer: (source: string) => mentionOf(source),
    },
  ],
  tokenizer: { html: () => undefined, tag: () => undefined, def: () => undefined },
})

/** More than this is shown as plain text: parsing must not hold up the page. */
const longestParsed = 20_000
/** Parsed texts are kept, since rows come and go while somebody scrolls. */
const kept = 500
const parsed = new Map<string, Token[]>()

export function parseMarkdown(text: string): Token[] {
  const known = parsed.get(text)
  if (known) return known
  const tokens: Token[] =
    text.length > longestParsed
      ? [{ type: 'paragraph', raw: text, text, tokens: [{ type: 'text', raw: text, text }] }]
      : marked.lexer(text)
  if (parsed.size >= kept) parsed.delete(parsed.keys().next().value ?? '')
  parsed.set(text, tokens)
  return tokens
}

/** Only these leave the page; anything else that looks like a link stays text. */
const safeProtocols = new Set(['http:', 'https:', 'mailto:'])

export function safeHref(href: string): string | null {
  const url = URL.parse(href)
  return url && safeProtocols.has(url.protocol) ? url.href : null
}

export type { Token, Tokens }
