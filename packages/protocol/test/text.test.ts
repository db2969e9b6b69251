import { expect, test } from 'vitest'
import { EVERYONE, mentionsIn } from '../src/text.ts'

test.each([
  ['hello', []],
  ['<@11> and <@12>, <@11>', ['11', '12']],
  ['<!channel> <!here> <@11>', [EVERYONE, '11']],
  ['a conversation, <#21>, is not somebody', []],
  ['`<@11>` and ```\n<@12>\n``` but <@13>', ['13']],
  ['an open fence ``` <@11>', []],
  ['one ` stands alone <@11>', ['11']],
  ['<@> <@x> <!all> < @11>', []],
  // what no id is: past what the database holds, another spelling of one, and the sign for everybody
  ['<@9223372036854775808> <@99999999999999999999> <@011> <@0> <@11>', ['11']],
])('%j mentions %j', (text, people) => {
  expect(mentionsIn(text)).toEqual(people)
})

test('at most a hundred are mentioned', () => {
  expect(mentionsIn(Array.from({ length: 150 }, (_, i) => `<@${i + 1}>`).join(' '))).toHaveLength(100)
})

test('a text made to be slow is not', () => {
  const began = performance.now()
  mentionsIn('`<@1'.repeat(5_000))
  mentionsIn('```<'.repeat(5_000))
  expect(performance.now() - began).toBeLessThan(200)
})
