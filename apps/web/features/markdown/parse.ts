import type { Id } from '@parley/protocol'
import { Lexer, type Token, Tokenizer, type TokenizerExtensionFunction, type Tokens } from 'marked'

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

/** HTML and link definitions are text like any other: nothing recognises them. */
class TextTokenizer extends Tokenizer {
  override html(): undefined {}
  override tag(): undefined {}
  override def(): undefined {}
}

const tokenizeMention = ((source) => mentionOf(source)) as TokenizerExtensionFunction

/** GitHub's Markdown with our mentions. Only the lexer is used, and only the lexer is loaded. */
const lex = (text: string): Token[] =>
  new Lexer({
    gfm: true,
    breaks: true,
    tokenizer: new TextTokenizer(),
    extensions: {
      inline: [tokenizeMention],
      startInline: [(source) => source.search(/<[@#!]/)],
      renderers: {},
      childTokens: {},
    },
  }).lex(text)

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
      : lex(text)
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
