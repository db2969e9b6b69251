import { mentionsIn } from '@parley/protocol'
import fc from 'fast-check'
import { marked } from 'marked'
import { describe, expect, test } from 'vitest'
import { type Resolver, toMarkdown } from '../../src/import/mrkdwn/index.ts'

const PEOPLE: Record<string, { id: string; name: string }> = {
  UALICE: { id: '101', name: 'Alice' },
  UBOB: { id: '102', name: 'Bob' },
}
const resolver: Resolver = {
  person: (id) => PEOPLE[id]?.id ?? null,
  personName: (id) => PEOPLE[id]?.name ?? null,
  conversation: (id) => (id === 'CGENERAL' ? '201' : null),
}
const convert = (text: string) => toMarkdown(text, resolver).text

/** As Slack encodes what somebody types. */
const typed = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** What a reader sees of a Markdown text: its characters, without formatting. */
const seen = (markdown: string) =>
  (marked.parse(markdown, { async: false, gfm: true, breaks: true }) as string)
    .replaceAll('<br>', '\n')
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .trim()

describe('what alice formatted in Slack is formatted here', () => {
  test.each([
    ['*bold*', '**bold**'],
    ['_italic_ and ~struck~', '_italic_ and ~~struck~~'],
    ['*_both_* and (*bracketed*), "*quoted*"', '**_both_** and (**bracketed**), "**quoted**"'],
    ['*<@UALICE>* wrote *`code`*', '**<@101>** wrote **`code`**'],
    ['`*not bold* _here_`', '`*not bold* _here_`'],
    ['`a` and `b`', '`a` and `b`'],
    ['`a``b`', '`a` `b`'],
    ['&gt; quoted\nanswer', '> quoted\n\nanswer'],
    ['&gt;one\n&gt;two', '> one\n> two'],
    ['so:\n&gt;&gt;&gt; all\n\nof this', 'so:\n\n> all\n>\n> of this'],
    ['• one\n◦ two\n▪︎ three', '- one\n  - two\n    - three'],
    [':tada: :+1::skin-tone-2:', ':tada: :+1::skin-tone-2:'],
  ])('%j becomes %j', (slack, ours) => expect(convert(slack)).toBe(ours))
})

describe('code stays as it was written', () => {
  test.each([
    ['```one line```', '```\none line\n```'],
    ['see ```x = 1\ny = 2``` there', 'see\n```\nx = 1\ny = 2\n```\nthere'],
    ['```\n  indented\n```', '```\n  indented\n```'],
    ['```a &lt;b&gt; &amp;amp; *c* [d](e) \\n```', '```\na <b> &amp; *c* [d](e) \\n\n```'],
    ['`if a &lt; b`', '`if a < b`'],
    [
      '`<http://example.org|example.org>` and ```<https://a.b/?c=1&amp;d>```',
      '`example.org` and\n```\nhttps://a.b/?c=1&d\n```',
    ],
    [
      '`<@UALICE>` `<@UNOBODY>` `<#CGENERAL|general>` `<!channel>`',
      '`@Alice` `@UNOBODY` `#general` `@channel`',
    ],
  ])('%j becomes %j', (slack, ours) => expect(convert(slack)).toBe(ours))
})

describe('references', () => {
  test.each([
    ['<@UALICE> and <@UBOB|bob>', '<@101> and <@102>'],
    ['<#CGENERAL|general> <#CGENERAL>', '<#201> <#201>'],
    ['<!channel> <!everyone> <!here|here>', '<!channel> <!channel> <!here>'],
    ['<!subteam^S012|@pilots>', '@pilots'],
    ['<!date^1392734382^{date}|18 February 2014>', '18 February 2014'],
    ['<https://example.org/?a=1&amp;b=2>', '<https://example.org/?a=1&b=2>'],
    ['<https://example.org/a_(b)|the [page]>', '[the \\[page\\]](https://example.org/a_%28b%29)'],
    ['<mailto:alice@example.org|alice@example.org>', '[alice@example.org](mailto:alice@example.org)'],
    ['<mailto:alice@example.org>', '[alice@example.org](mailto:alice@example.org)'],
  ])('%j becomes %j', (slack, ours) => expect(convert(slack)).toBe(ours))

  test('to those who are not in the export stay readable, and are told of', () => {
    expect(toMarkdown('<@UZED|zed> <@UGONE> <#CFAR|far-away>', resolver)).toEqual({
      text: '@zed @UGONE #far-away',
      dangling: { people: ['UZED', 'UGONE'], conversations: ['CFAR'] },
    })
  })

  test('to schemes that could run something are only text', () => {
    expect(convert('<javascript:alert(1)|click>')).toBe('click')
    expect(convert('<javascript:alert(1)>')).toBe('javascript:alert(1)')
    expect(convert('<data:text/html,x|y>')).toBe('y')
  })
})

describe('what was plain in Slack stays plain', () => {
  test.each([
    '2 * 3 * 4 = 24',
    'a*b*c and **kwargs and *args',
    '__init__ and snake_case_name and _leading',
    '¯\\_(ツ)_/¯',
    '# no heading',
    '[not](a-link) and [foo]: bar',
    '<b>no</b> <script>alert(1)</script> <!-- no -->',
    'AT&amp;T &lt; &#65;',
    'C:\\new\\*folder\\',
    'it`s 5 o`clock ``',
    '~/bin and ~/lib',
    'above\n---',
    'above\n===',
    '* * *',
    '<@101> <!channel> <#201>',
    'unclosed ```fence',
  ])('%j', (text) => {
    // A pair of backticks on one line is code in Slack too.
    expect(seen(convert(typed(text))).replaceAll('\n', ' ')).toBe(
      (text.includes('o`clock') ? 'its 5 oclock ``' : text).replaceAll('\n', ' '),
    )
  })

  test('indented lines keep their indentation without turning into code', () => {
    expect(convert('x\n\n    y\n\tz')).toBe('x\n\n\u00a0\u00a0\u00a0\u00a0y\n\u00a0\u00a0\u00a0\u00a0z')
  })

  test('any line in which no mark stands twice', () => {
    const plain = fc
      .array(
        fc.constantFrom(
          '[a](b)',
          '![a](b)',
          '[a]: b',
          '<b>',
          '&#65;',
          '<!-- ',
          ...'ab1 <>&;!@#[](){}\\-=+|:./"\'',
        ),
        {
          maxLength: 20,
        },
      )
      .map((pieces) => pieces.join(''))
      .chain((text) =>
        fc
          .shuffledSubarray([...'*_~`'])
          .chain((marks) =>
            fc
              .array(fc.nat(text.length), { minLength: marks.length, maxLength: marks.length })
              .map((places) =>
                marks.reduce(
                  (line, mark, n) => line.slice(0, places[n]) + mark + line.slice(places[n]),
                  text,
                ),
              ),
          ),
      )
      .map((text) => `x${text}`.replace(/\s+/g, ' ').trim())
    fc.assert(
      fc.property(plain, (text) => {
        expect(seen(convert(typed(text)))).toBe(text)
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('what mallory sent through Slack’s API', () => {
  test.each(['constructor', 'toString', 'valueOf'])('<!%s> is only text', (name) => {
    expect(convert(`<!${name}> done`)).toMatch(new RegExp(`${name}.* done$`))
  })

  test('holds up no import: spaces and lines to no end', () => {
    const began = performance.now()
    for (const piece of [' ', '\n', '\t', ' a', '\n ']) convert(`a${piece.repeat(40_000 / piece.length)}b`)
    expect(performance.now() - began).toBeLessThan(2_000)
  })
})

describe('nobody is mentioned who was not', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '&lt;@101&gt;',
      '&lt;!channel&gt;',
      '&lt;',
      '&gt;',
      '&amp;lt;@102&amp;gt;',
      '@101',
      '<@UZED>',
      '\u0000',
    ),
    fc.constantFrom(
      '*',
      '_',
      '~',
      '`',
      '```',
      '\n',
      ' ',
      '\\',
      '&gt;&gt;&gt;',
      '•',
      '<https://x.y|&lt;@101&gt;>',
    ),
    fc.string({ maxLength: 6 }).map(typed),
  )

  test('whatever was typed, whichever code it stands in', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        expect(mentionsIn(convert(pieces.join('')))).toEqual([])
      }),
      { numRuns: 3_000 },
    )
  })

  test('and a real mention among it is that one person', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 10 }), fc.array(piece, { maxLength: 10 }), (before, after) => {
        const text = convert(`${before.join('')} <@UALICE> ${after.join('')}`)
        expect(['', '101']).toContain(mentionsIn(text).join())
      }),
      { numRuns: 2_000 },
    )
  })

  test('no NUL and no half character, which the database would refuse, comes through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const out = convert(`${text}\ud800`)
        expect(out).not.toContain('\u0000')
        expect(out.isWellFormed()).toBe(true)
      }),
    )
  })
})
