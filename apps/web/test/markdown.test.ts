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
  it('names nobody in code', () => {
    expect(typesIn(parseMarkdown('`<@1>`'))).not.toContain('mention')
    expect(typesIn(parseMarkdown('```\n<@1>\n```'))).not.toContain('mention')
  })
  it('breaks where she broke it', () => {
    expect(typesIn(parseMarkdown('one\ntwo'))).toContain('br')
  })
})
