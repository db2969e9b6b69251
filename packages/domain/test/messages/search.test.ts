import {
  archiveChannel,
  inviteToConversation,
  leaveConversation,
  openDirect,
} from '@parley/domain/conversations/index'
import { deleteMessage, editMessage, find, search, sendMessage } from '@parley/domain/messages/index'
import { updateProfile } from '@parley/domain/people/index'
import { type Id, idAt } from '@parley/protocol'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { bot, openWorld, type World } from '../conversations/world.ts'

let world: World
let plans: Id
let n = 0
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())
/** Every test in a channel of its own, with alice and bob in it. */
beforeEach(async () => {
  plans = await world.channel(`plans-${++n}`, [world.bob])
})

const say = async (who: World['alice'], text: string, more: object = {}): Promise<Id> => {
  const sent = await world.as(who, sendMessage, {
    id: crypto.randomUUID(),
    conversation: plans,
    text,
    ...more,
  })
  await world.indexed()
  return sent.message
}
/** What alice finds here, by snippet. */
const found = async (query: string, more: object = {}, who: Parameters<World['as']>[0] = world.alice) => {
  // So that nobody runs into the limit of searches a minute.
  world.clock.advance(2_000)
  const { items } = await world.as(who, search, { query, conversation: plans, ...more })
  return items.map((item) => item.snippet)
}

describe('what is found', () => {
  test('words in any order and case, newest first, with the place to jump to', async () => {
    const first = await say(world.alice, 'Grey herons wait')
    const second = await say(world.bob, 'we wait for HERONS', { root: first })
    const { items, next } = await world.as(world.alice, search, {
      query: 'herons wait ',
      conversation: plans,
    })
    expect(items).toMatchObject([
      {
        message: second,
        conversation: plans,
        seq: 2,
        ordinal: 1,
        root: first,
        place: 1,
        sender: world.bob.id,
      },
      {
        message: first,
        conversation: plans,
        seq: 1,
        ordinal: 1,
        root: null,
        place: 1,
        sender: world.alice.id,
      },
    ])
    expect(items.map((i) => i.snippet)).toEqual(['we «wait» for «HERONS»', 'Grey «herons» «wait»'])
    expect(items[0]!.at).toBeGreaterThan(1_600_000_000_000)
    expect(next).toBeNull()
  })

  test('a phrase as it stands, without what is excluded, and either of two', async () => {
    await say(world.alice, 'the grey heron')
    await say(world.alice, 'the heron is grey')
    expect(await found('"grey heron"')).toEqual(['the «grey» «heron»'])
    expect(await found('heron -"grey heron"')).toEqual(['the «heron» is grey'])
    expect(await found('-is ')).toEqual(['the grey heron'])
    expect(await found('is or zebra')).toEqual(['the heron «is» grey'])
  })

  test('the last word by its beginning, while it is typed', async () => {
    await say(world.alice, 'deployment of the frontend')
    expect(await found('front')).toEqual(['deployment of the «frontend»'])
    expect(await found('the deploy')).toHaveLength(1)
    expect(await found('front ')).toEqual([])
    expect(await found('ontend')).toEqual([])
  })

  test('code and addresses: nothing is taken for markup', async () => {
    await say(world.alice, 'use `Vec<String>` see <https://example.org/guide> said <@12> «so»')
    expect(await found('string ')).toEqual([
      'use `Vec‹«String»>` see <https://example.org/guide> said <@12> ‹so›',
    ])
    expect(await found('Vec<String>')).toHaveLength(1)
    expect(await found('example.org ')).toHaveLength(1)
  })

  test('ünïcode and 日本', async () => {
    await say(world.alice, 'Grüße aus Zürich 日本')
    expect(await found('GRÜSSE')).toEqual([])
    expect(await found('grüße ')).toHaveLength(1)
    expect(await found('日本')).toHaveLength(1)
  })
})

describe('filters', () => {
  test('from: by name, a word of it, address, token, or me', async () => {
    await say(world.alice, 'apple one')
    await say(world.bob, 'apple two')
    for (const who of ['bob', '@BOB', 'bo', 'bob@example.org', `<@${world.bob.id}>`])
      expect(await found(`apple from:${who}`), who).toEqual(['«apple» two'])
    expect(await found('from:me')).toEqual(['apple one'])
    expect(await found('from:nobody apple')).toEqual([])
    expect(await found('from:alice from:bob ')).toHaveLength(2)
    expect(await found('from:% apple')).toEqual([])
  })

  test('in: a channel by name or token, or a direct conversation', async () => {
    await say(world.alice, 'pear')
    const { id } = await world.as(world.alice, openDirect, { people: [world.bob.id] })
    await say(world.bob, 'pear in private', { conversation: id })
    const anywhere = async (query: string) =>
      (await world.as(world.alice, search, { query })).items.map((i) => i.conversation)
    expect(await anywhere('pear ')).toEqual([id, plans])
    expect(await anywhere(`pear in:#PLANS-${n}`)).toEqual([plans])
    expect(await anywhere(`pear in:<#${plans}>`)).toEqual([plans])
    expect(await anywhere('pear in:@bob')).toEqual([id])
    expect(await anywhere('pear in:@alice')).toEqual([])
    expect(await anywhere('pear in:elsewhere')).toEqual([])
  })

  test('has:link and has:file', async () => {
    await say(world.alice, 'look: https://example.org')
    const message = await say(world.alice, 'a file')
    await world.db.sql`UPDATE messages SET files = '[]' WHERE id = ${message}`
    expect(await found('has:link')).toEqual(['look: https://example.org'])
    expect(await found('has:file')).toEqual(['a file'])
    expect(await found('has:link has:file')).toEqual([])
  })

  test('days are those of whoever asks', async () => {
    const at = (time: string) => idAt(Date.parse(time), 1, 1)
    const times = ['2026-11-03T22:30:00Z', '2026-11-03T23:30:00Z', '2026-11-04T23:30:00Z']
    for (const [i, time] of times.entries()) {
      await say(world.alice, `plum ${i}`)
      for (const table of ['messages', 'message_search'] as const) {
        const column = table === 'messages' ? 'id' : 'message_id'
        await world.db.connection.query(
          `UPDATE ${table} SET ${column} = $1 WHERE conversation_id = $2 AND seq = $3`,
          [...[at(time), plans, i + 1]],
        )
      }
    }
    const days = async (query: string) => (await found(`plum ${query}`)).map((s) => s.slice(-1)).sort()
    expect(await days('on:2026-11-03')).toEqual(['0', '1'])
    expect(await days('before:2026-11-04')).toEqual(['0', '1'])
    expect(await days('after:2026-11-03')).toEqual(['2'])
    await world.as(world.alice, updateProfile, { timezone: 'Europe/Berlin' })
    expect(await days('on:2026-11-04')).toEqual(['1'])
    expect(await days('before:2026-11-04')).toEqual(['0'])
    expect(await days('after:2026-11-03 before:2026-11-05')).toEqual(['1'])
    await world.as(world.alice, updateProfile, { timezone: 'UTC' })
  })
})

describe('who finds what', () => {
  test('only members find anything, also when they know where it is', async () => {
    await say(world.alice, 'our secret plum')
    expect(await found('secret', {}, world.bob)).toHaveLength(1)
    for (const who of [world.mallory, world.dan, bot(world.mallory)]) {
      expect(await found('secret', {}, who)).toEqual([])
      expect((await world.as(who, search, { query: `secret in:plans-${n}` })).items).toEqual([])
      expect((await world.as(who, search, { query: `from:alice in:<#${plans}>` })).items).toEqual([])
    }
    await world.as(world.bob, leaveConversation, { conversation: plans })
    expect(await found('secret', {}, world.bob)).toEqual([])
    await world.as(world.alice, inviteToConversation, { conversation: plans, people: [world.carol.id] })
    expect(await found('secret', {}, world.carol)).toHaveLength(1)
    await world.as(world.alice, archiveChannel, { conversation: plans, archived: true })
    expect(await found('secret')).toHaveLength(1)
  })

  test('an edited message is found by what it says now only', async () => {
    const message = await say(world.alice, 'meet at noon')
    await world.as(world.alice, editMessage, { conversation: plans, message, text: 'meet at dusk' })
    await world.indexed()
    expect(await found('noon')).toEqual([])
    expect(await found('dusk')).toEqual(['meet at «dusk»'])
  })

  test('a deleted message is not found, whether or not the worker has heard of it', async () => {
    const message = await say(world.alice, 'never said')
    await world.as(world.alice, deleteMessage, { conversation: plans, message })
    expect(await found('never')).toEqual([])
    await world.indexed()
    expect(await found('never')).toEqual([])
    expect(await found('from:me')).toEqual([])
    expect(await world.db.sql`SELECT FROM message_search WHERE body @@ 'never'::tsquery`).toEqual([])
  })

  test('what retention has passed is not found, nor the replies to it', async () => {
    const root = await say(world.alice, 'old root')
    await say(world.bob, 'old reply', { root })
    await say(world.bob, 'old but kept')
    await world.db.sql`UPDATE conversations SET floor = 1 WHERE id = ${plans}`
    expect(await found('old ')).toEqual(['«old» but kept'])
  })
})

test('pages lead through all that matches, each once', async () => {
  for (let i = 0; i < 7; i++) await say(world.alice, `page ${i}`)
  const all: string[] = []
  let cursor: string | null = null
  do {
    const input: object = { query: 'page ', conversation: plans, limit: 3, ...(cursor && { cursor }) }
    const page = await world.as(world.alice, search, input)
    all.push(...page.items.map((i) => i.snippet))
    cursor = page.next
  } while (cursor)
  expect(all).toEqual([6, 5, 4, 3, 2, 1, 0].map((i) => `«page» ${i}`))
  await expect(found('page', { cursor: 'nonsense' })).rejects.toMatchObject({ code: 'bad_input' })
})

test('whatever mallory types is a search or a clear refusal, never a failure', async () => {
  await say(world.alice, 'fine')
  const hostile = [
    ...[
      "'",
      "''",
      "\\'",
      "'; DROP TABLE messages; --",
      '\\',
      '\\\\',
      "a\\'b",
      ':*',
      "x':*",
      '&|!()',
      '!',
      '-',
      '--',
      '- -',
    ],
    ...[
      '"',
      '""',
      '"""',
      '" "',
      'or',
      'or or',
      'OR -',
      '<->',
      '<@1>',
      '<',
      '<script>alert(1)</script>',
      '%',
      '_',
      '$1',
    ],
    ...[
      'from:"',
      "from:'",
      'in:"',
      'from:\\',
      'from:<@999999999999999999>',
      'from:<@99999999999999999999>',
      'in:<#1',
    ],
    ...[
      '\u202E',
      '\uD800',
      '\uFFFF',
      '🎉',
      'a'.repeat(500),
      '"'.repeat(500),
      '- '.repeat(250),
      'a - '.repeat(120),
      '-a '.repeat(160),
      `${'(-'.repeat(200)}a`,
      `a${'-'.repeat(400)}`,
      '-"a b" '.repeat(70),
      'a-'.repeat(240),
      '"a"'.repeat(160),
      "don't ".repeat(80),
      'x/'.repeat(240),
      'a or '.repeat(100),
    ],
    ...[
      '\n',
      '\t',
      ' ',
      '',
      'before:2099-01-01',
      'on:0000-00-00',
      'has:',
      'has:link'.repeat(10),
      '(a & b) | !c:*',
    ],
  ]
  for (const query of hostile)
    try {
      world.clock.advance(2_000)
      await world.as(world.alice, search, { query })
    } catch (e) {
      expect(e, JSON.stringify(query)).toMatchObject({ code: 'bad_input', field: 'query' })
    }
  for (const query of ['a\u0000b', 'a'.repeat(501)])
    await expect(world.as(world.alice, search, { query })).rejects.toMatchObject({ code: 'bad_input' })
  expect(await found('fine')).toHaveLength(1)
})

test('a link leads a member to the message, and mallory nowhere', async () => {
  const root = await say(world.alice, 'root')
  await say(world.alice, 'another')
  const reply = await say(world.bob, 'reply', { root })
  expect(await world.as(world.bob, find, { message: reply })).toEqual({
    ...{ conversation: plans, seq: 3, ordinal: 1, root, place: 1 },
  })
  await world.as(world.alice, deleteMessage, { conversation: plans, message: root })
  expect(await world.as(world.bob, find, { message: root })).toMatchObject({ seq: 1, ordinal: 1, root: null })
  for (const message of [root, '404'])
    await expect(world.as(world.mallory, find, { message })).rejects.toMatchObject({ code: 'not_found' })
  await world.db.sql`UPDATE conversations SET floor = 1 WHERE id = ${plans}`
  await expect(world.as(world.bob, find, { message: reply })).rejects.toMatchObject({ code: 'not_found' })
})

test('who has left follows no links any more', async () => {
  const message = await say(world.alice, 'a link')
  await world.as(world.bob, leaveConversation, { conversation: plans })
  await expect(world.as(world.bob, find, { message })).rejects.toMatchObject({ code: 'not_found' })
})

test('a bot finds what it is a member of, with the scope for reading', async () => {
  await say(world.alice, 'for the bot')
  expect(await found('bot', {}, bot(world.bob))).toHaveLength(1)
  await expect(found('bot', {}, bot(world.bob, ['people:read']))).rejects.toMatchObject({
    code: 'scope_missing',
  })
})
