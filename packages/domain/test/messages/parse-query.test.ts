import { parseQuery } from '@parley/domain/messages/search/parse-query'
import { expect, test } from 'vitest'

const nothing = {
  ...{ words: '', marked: '', beginning: '', empty: false },
  ...{ from: [], in: [], before: null, after: null, on: null, has: [] },
}

test('words are words, and the last one may not be finished', () => {
  expect(parseQuery('green her')).toEqual({ ...nothing, words: 'green', marked: 'green', beginning: 'her' })
  expect(parseQuery('green herons ')).toEqual({ ...nothing, words: 'green herons', marked: 'green herons' })
  expect(parseQuery('  her')).toEqual({ ...nothing, beginning: 'her' })
})

test('phrases, exclusions and what follows `or` are whole', () => {
  for (const words of ['a "grey heron"', 'heron or duck', 'heron or'])
    expect(parseQuery(words), words).toEqual({ ...nothing, words, marked: words })
  expect(parseQuery('heron -duck')).toEqual({ ...nothing, words: 'heron -duck', marked: 'heron' })
  expect(parseQuery('-"two words"')).toEqual({ ...nothing, words: '-"two words"' })
  expect(parseQuery('"never closed')).toMatchObject({ words: '"never closed"' })
})

test('signs that ask for nothing are left out', () => {
  expect(parseQuery("a - -- (-(-b) !c Vec<String> don't ")).toMatchObject({ words: "a b c Vec String don't" })
  expect(parseQuery('---duck ')).toMatchObject({ words: '-duck', marked: '' })
  for (const text of ['🎉', '!?', '"-"', '- -', '', ' ', 'from:', 'in:""'])
    expect(parseQuery(text), text).toEqual({ ...nothing, empty: true })
  expect(parseQuery('from:bob 🎉')).toMatchObject({ empty: true })
})

test('filters are taken out, wherever they stand and however they are written', () => {
  expect(
    parseQuery('from:@Alice lunch in:#Plans has:links before:2026-02-01 after:2026-01-01 on:2026-01-15 so'),
  ).toEqual({
    words: 'lunch',
    marked: 'lunch',
    empty: false,
    beginning: 'so',
    from: [{ name: 'alice' }],
    in: [{ name: 'plans', direct: false }],
    before: '2026-02-01',
    after: '2026-01-01',
    on: '2026-01-15',
    has: ['link'],
  })
  expect(parseQuery('FROM:"Alice Larsson" from:<@12> in:@bob in:<#34>')).toEqual({
    ...nothing,
    from: [{ name: 'alice larsson' }, { id: '12' }],
    in: [
      { name: 'bob', direct: true },
      { id: '34', direct: false },
    ],
  })
})

test('a filter that is not finished says nothing yet, and an unknown one is a word', () => {
  expect(parseQuery('from: in:"" lunch ')).toEqual({ ...nothing, words: 'lunch', marked: 'lunch' })
  const words = 'https://example.org note:this'
  expect(parseQuery(`${words} `)).toEqual({ ...nothing, words, marked: words })
})

test('a day that is none, and has: something unknown, are refused with what to write instead', () => {
  for (const text of [
    'before:yesterday',
    'after:2026-02-30',
    'on:2026-1-1',
    'before:9999-01-01',
    'has:banana',
  ])
    expect(() => parseQuery(text), text).toThrow(/takes/)
})
