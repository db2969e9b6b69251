import { describe, expect, it } from 'vitest'
import { parseMarkdown, safeHref, type Token } from '../features/markdown/parse.ts'

const typesIn = (tokens: Token[]): string[] =>
  tokens.flatMap((token) => [token.type, ...('tokens' in token && token.tokens ? typesIn(token.tokens) : [])])

describe('what mallory writes', () => {
  it('is never HTML', () => {
    for (const text of [
      '<script>alert(1)</script>',
      '<img src=x onerror=alert(1)>',
      'a <b>b</b>',
      '<!-- x -->',
      '<!DOCTYPE x>',
    ])
      expect(typesIn(parseMarkdown(text)), text).not.toContain('html')
  })
  it('leads nowhere but to the web and to mail', () => {
    expect(safeHref('javascript:alert(1)')).toBeNull()
    expect(safeHref('data:text/html,x')).toBeNull()
    expect(safeHref('/relative')).toBeNull()
    expect(safeHref('https://example.org/a')).toBe('https://example.org/a')
    expect(safeHref('mailto:bob@example.org')).toBe('mailto:bob@example.org')
  })
})

/** Each freezes the page or overflows its stack when it is parsed to the end. */
const bombs: Record<string, string> = {
  'a quote in a quote in a quote': '>'.repeat(20_000),
  'a list in a list in a list': `${'- '.repeat(9_999)}a`,
  'quotes and lists in turn': '> - '.repeat(5_000),
  'a table of ten million cells': `${'|a'.repeat(3_300)}\n${'|-'.repeat(3_300)}\n${'a\n'.repeat(3_300)}`,
  'emphasis that is never closed': `${'*'.repeat(10_000)}${'a*'.repeat(5_000)}`,
  'underscores that are never closed': '_a'.repeat(10_000),
  'brackets that are never closed': '!['.repeat(10_000),
  'code that is never closed': '`['.repeat(10_000),
  'spaces to no end': `a${' '.repeat(19_990)}b`,
  'addresses that never end': `${'http://a.b/'.repeat(900)}${')))'.repeat(3_300)}`,
}

describe('a text that mallory built to hold everybody up', () => {
  for (const [what, text] of Object.entries(bombs))
    it(`is shown, soon, and without losing a word: ${what}`, () => {
      const began = performance.now()
      const tokens = parseMarkdown(text)
      expect(performance.now() - began).toBeLessThan(1_000)
      expect(typesIn(tokens).length).toBeLessThan(20_000)
      expect(tokens.map((token) => token.raw).join('')).toBe(text)
    })

  it('leaves an ordinary long one formatted', () => {
    const text = '> **Well**, _said_ [bob](https://example.org):\n> - `one`\n>   - two <@1>\n\n'.repeat(40)
    expect(typesIn(parseMarkdown(text)).filter((type) => type === 'strong')).toHaveLength(40)
    const table = `${'|a'.repeat(10)}|\n${'|-'.repeat(10)}|\n${`${'|b'.repeat(10)}|\n`.repeat(50)}`
    expect(typesIn(parseMarkdown(table))).toContain('table')
  })
})

describe('what alice writes', () => {
  it('names people and everybody', () => {
    const [paragraph] = parseMarkdown('hi <@12> and <!channel>, see <#34>')
    const mentions = ((paragraph as { tokens: Token[] }).tokens ?? []).filter((t) => t.type === 'mention')
    expect(mentions).toMatchObject([
      { who: 'person', id: '12' },
      { who: 'channel' },
      { who: 'conversation', id: '34' },
    ])
  })
  it('names them at the beginning of a line and inside emphasis', () => {
    expect(typesIn(parseMarkdown('<!here> lunch'))).toContain('mention')
    expect(typesIn(parseMarkdown('**<@1>**'))).toContain('mention')
  })
  it('names nobody by what is no id: the names of all who stand beside it would be asked for in vain', () => {
    expect(typesIn(parseMarkdown('<@99999999999999999999> <@011> <#99999999999999999999>'))).not.toContain(
      'mention',
    )
  })
  it('names nobody in code', () => {
    expect(typesIn(parseMarkdown('`<@1>`'))).not.toContain('mention')
    expect(typesIn(parseMarkdown('```\n<@1>\n```'))).not.toContain('mention')
  })
  it('breaks where she broke it', () => {
    expect(typesIn(parseMarkdown('one\ntwo'))).toContain('br')
  })
})
