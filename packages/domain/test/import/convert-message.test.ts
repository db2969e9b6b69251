import { describe, expect, test } from 'vitest'
import { convertMessage } from '../../src/import/convert-message.ts'
import { type Kept, keep, rulesFor } from '../../src/import/keep.ts'
import { planPeople } from '../../src/import/plan-people.ts'
import { Remarks } from '../../src/import/remarks.ts'
import { resolverOf } from '../../src/import/resolve.ts'
import type { SlackMessage } from '../../src/import/slack-export.ts'
import { at, person, said } from './memory-export.ts'

const people = [person('UALICE'), person('UBOB'), person('UROBOT', { bot: true, botId: 'BROBOT' })]
const rules = rulesFor(people, 'placeholder')
const resolver = resolverOf(planPeople(people, new Map(), new Remarks()), [])
const alice = resolver.person('UALICE')!

function convert(message: SlackMessage) {
  const remarks = new Remarks()
  const [kept] = keep([message], rules, (remark) => remarks.add(remark, ''))
  const converted = kept && convertMessage(kept, resolver, (remark, example) => remarks.add(remark, example))
  return { kept, ...converted, remarks: [...remarks.all().keys()] }
}

describe('what becomes of a message', () => {
  test('its words and mentions come over', () => {
    const { text, mentions, kept } = convert(said(0, 'UBOB', 'thanks <@UALICE>, *really*'))
    expect(text).toBe(`thanks <@${alice}>, **really**`)
    expect(mentions).toEqual([alice])
    expect((kept as Kept).author).toMatchObject({ slackId: 'UBOB' })
  })

  test('`/me waves` is in italics', () => {
    expect(convert(said(0, 'UBOB', 'waves', { subtype: 'me_message' })).text).toBe('_waves_')
  })

  test('the place of a deleted root is kept, its words are not', () => {
    const gone = convert(said(0, 'UBOB', 'This message was deleted.', { subtype: 'tombstone' }))
    expect(gone).toMatchObject({ text: '', gone: 'deleted', mentions: [] })
  })

  test('Slack’s own notices and repeats are left out, a kind that nobody knows is not', () => {
    expect(convert(said(0, 'UBOB', 'joined', { subtype: 'channel_join' })).remarks).toEqual([
      'skipped.notice',
    ])
    expect(convert(said(0, 'UBOB', 'again', { subtype: 'reply_broadcast' })).remarks).toEqual([
      'skipped.repeat',
    ])
    const odd = convert(said(0, 'UBOB', 'new in 2031', { subtype: 'constructor' }))
    expect(odd).toMatchObject({ text: 'new in 2031', remarks: ['changed.kind'] })
  })

  test('an edit keeps its time, reactions keep their people', () => {
    const { editedAt, reactions, remarks } = convert(
      said(0, 'UBOB', 'x', {
        editedAt: 1_577_836_999_000,
        reactions: [
          { name: 'tada', users: ['UALICE', 'UALICE', 'UNOBODY'] },
          { name: 'wave', users: ['UNOBODY'] },
        ],
      }),
    )
    expect(editedAt).toBe(1_577_836_999_000)
    expect(reactions).toEqual([{ emoji: 'tada', people: [alice] }])
    expect(remarks).toEqual(['changed.reaction'])
  })

  test('reactions come by whatever Slack calls them; what is no name is left out, and told of', () => {
    const names = ['partyparrot', '+1', 'thumbsup::skin-tone-3', 'ありがとう', 'größe', 'पार्टी', '🎉']
    const none = [
      '✔verified-Olivia(owner)',
      'a b',
      '\ud83d',
      'a\u202Eb',
      '\u3164',
      '\uFDFD',
      `z${'\u0336'.repeat(9)}`,
    ]
    const { reactions, remarks } = convert(
      said(0, 'UBOB', 'x', { reactions: [...none, ...names].map((name) => ({ name, users: ['UALICE'] })) }),
    )
    expect(reactions?.map(({ emoji }) => emoji)).toEqual(names)
    expect(remarks).toEqual(['changed.emoji'])
  })

  test('a file becomes a link without the key that Slack put into it, or its name alone', () => {
    const files = [
      { name: 'plan [v2].pdf', url: 'https://files.slack.com/T1-F1/plan.pdf?t=xoxe-secret' },
      { name: '<@1>.txt', url: null },
      { name: 'evil', url: 'javascript:alert(1)' },
      { name: '\u3164', url: null },
    ]
    const { text, mentions } = convert(said(0, 'UBOB', 'see', { files }))
    expect(text).toBe(
      'see\n📎 [plan (v2).pdf](https://files.slack.com/T1-F1/plan.pdf)\n📎 <\\@1>.txt\n📎 evil\n📎 file',
    )
    expect(mentions).toEqual([])
  })

  test('one without words shows its attachment, or says that there is nothing', () => {
    expect(convert(said(0, 'UBOB', '', { fallback: 'build *broken*' })).text).toBe('build **broken**')
    expect(convert(said(0, 'UBOB', ' '))).toMatchObject({
      text: '_(no text in the export)_',
      remarks: ['changed.empty'],
    })
  })

  test('one that is too long is cut, and told of', () => {
    const { text, remarks } = convert(said(0, 'UBOB', 'x'.repeat(40_000)))
    expect(text).toHaveLength(20_000)
    expect(text?.endsWith(' …')).toBe(true)
    expect(remarks).toEqual(['changed.long'])
  })

  test('one older than ids can tell is left out', () => {
    expect(convert({ ...said(0, 'UBOB', 'x'), ts: 1_400_000_000_000_000 }).remarks).toEqual(['skipped.early'])
  })
})

describe('who wrote it', () => {
  const authorOf = (message: Partial<SlackMessage>) => {
    const { kept } = convert({ ...said(0, null, 'x'), ts: at(0), ...message })
    return (kept as Kept).author
  }
  test('a bot is found by its bot id among the users', () => {
    expect(authorOf({ bot: { id: 'BROBOT', name: 'whatever' } })).toMatchObject({
      kind: 'user',
      slackId: 'UROBOT',
    })
  })
  test('a bot of no user is a bot of its own, by id and else by name', () => {
    expect(authorOf({ bot: { id: 'B2', name: 'alerts' } })).toEqual({
      kind: 'bot',
      key: 'slack:bot:B2',
      name: 'alerts',
    })
    expect(authorOf({ bot: { id: null, name: 'ci' } })).toEqual({
      kind: 'bot',
      key: 'slack:bot-named:ci',
      name: 'ci',
    })
  })
  test('Slackbot needs no entry in users.json', () => {
    expect(authorOf({ user: 'USLACKBOT' })).toMatchObject({ kind: 'bot', name: 'Slackbot' })
  })
})
