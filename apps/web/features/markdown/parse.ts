import type { Id } from '@parley/protocol'
import { isId } from '@parley/protocol/ids'
import {
  Lexer,
  type Token,
  Tokenizer,
  type TokenizerExtensionFunction,
  type Tokens,
  type TokensList,
} from 'marked'

/** A person, everybody, or a conversation named in a text. */
export type MentionToken = { type: 'mention'; raw: string } & (
  | { who: 'person'; id: Id }
  | { who: 'channel' | 'here' }
  | { who: 'conversation'; id: Id }
)

const mention = /^<(?:@(\d{1,20})|#(\d{1,20})|!(channel|here))>/

function mentionOf(source: string): MentionToken | undefined {
  const [raw, person, conversation, everyone] = mention.exec(source) ?? []
  if (!raw || !isId(person ?? conversation ?? '0')) return undefined
  if (person) return { type: 'mention', raw, who: 'person', id: person }
  if (conversation) return { type: 'mention', raw, who: 'conversation', id: conversation }
  return { type: 'mention', raw, who: everyone === 'here' ? 'here' : 'channel' }
}

/** Quotes in quotes and lists in lists; and emphasis in emphasis. Far more would overflow the stack. */
const deepest = 30
/** Cells of one table. Short rows are filled up with empty ones: 20,000 characters could ask for ten million. */
const mostCells = 2_000
/** Of one paragraph, in characters: what is searched for in it may cost as its square. */
const longestParagraph = 5_000
/** Of one text. Whoever reads must not be held up, however it was built by who wrote. */
const longestMs = 200

/** A text is not worth reading as Markdown. */
class TooMuch extends Error {}

/** HTML and link definitions are text like any other: nothing recognises them. */
class TextTokenizer extends Tokenizer {
  readonly #until = performance.now() + longestMs

  override html(): undefined {}
  override tag(): undefined {}
  override def(): undefined {}

  // The lexer asks for these first, at each step from block to block and from one span to the next.
  override space(source: string): Tokens.Space | undefined {
    this.#hurry()
    return super.space(source)
  }
  override escape(source: string): Tokens.Escape | undefined {
    this.#hurry()
    return super.escape(source)
  }
  override table(source: string): Tokens.Table | undefined {
    const [, head = '', , body = ''] = this.rules.block.table.exec(source) ?? []
    const columns = head.split('|').length
    return columns * (1 + body.split('\n').length) > mostCells ? undefined : super.table(source)
  }
  #hurry(): void {
    if (performance.now() > this.#until) throw new TooMuch()
  }
}

class BoundedLexer extends Lexer {
  #depth = 0

  override blockTokens(source: string, tokens?: Token[], clipped?: boolean): Token[]
  override blockTokens(source: string, tokens?: TokensList, clipped?: boolean): TokensList
  override blockTokens(source: string, tokens?: TokensList, clipped?: boolean): TokensList {
    return this.#deeper(() => super.blockTokens(source, tokens, clipped) as TokensList)
  }
  override inlineTokens(source: string, tokens?: Token[]): Token[] {
    if (source.length > longestParagraph) throw new TooMuch()
    return this.#deeper(() => super.inlineTokens(source, tokens))
  }
  #deeper<T>(lex: () => T): T {
    if (this.#depth === deepest) throw new TooMuch()
    this.#depth += 1
    try {
      return lex()
    } finally {
      this.#depth -= 1
    }
  }
}

const tokenizeMention = ((source) => mentionOf(source)) as TokenizerExtensionFunction

/** GitHub's Markdown with our mentions. Only the lexer is used, and only the lexer is loaded. */
const lex = (text: string): Token[] =>
  new BoundedLexer({
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

const plain = (text: string): Token[] => [
  { type: 'paragraph', raw: text, text, tokens: [{ type: 'text', raw: text, text }] },
]

function lexWithin(text: string): Token[] {
  try {
    return lex(text)
  } catch (error) {
    if (error instanceof TooMuch) return plain(text)
    throw error
  }
}

/** More than this is shown as plain text: parsing must not hold up the page. */
const longestParsed = 20_000
/** Parsed texts are kept, since rows come and go while somebody scrolls. */
const kept = 500
const parsed = new Map<string, Token[]>()

export function parseMarkdown(text: string): Token[] {
  const known = parsed.get(text)
  if (known) return known
  const tokens = text.length > longestParsed ? plain(text) : lexWithin(text)
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
