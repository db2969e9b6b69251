import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { SlackExport } from '@parley/domain/import/slack-export'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openSlackExport } from '../../src/slack-export/index.ts'
import { buildZip, type Packed, packJson } from './build-zip.ts'

const alice = {
  id: 'U0ALICE',
  name: 'alice',
  deleted: false,
  tz: 'Europe/Berlin',
  profile: { real_name: 'Alice Arnold', display_name: 'alice', email: 'alice@example.org', title: 'Pilot' },
}
const bob = { id: 'U0BOB', name: 'bob', deleted: true, profile: { real_name: 'Bob' } }
const robot = {
  id: 'U0ROBOT',
  name: 'deploys',
  is_bot: true,
  profile: { real_name: 'Deploys', bot_id: 'B0ROBOT' },
}
const said = (ts: string, user: string, text: string, more: object = {}) => ({
  type: 'message',
  ts,
  user,
  text,
  ...more,
})
const small = {
  'users.json': [alice, bob, robot],
  'channels.json': [
    {
      id: 'C0GENERAL',
      name: 'general',
      created: 1_500_000_000,
      creator: 'U0ALICE',
      members: ['U0ALICE', 'U0BOB'],
    },
  ],
  'groups.json': [{ id: 'G0SECRET', name: 'secret', created: 1_400_000_000, members: ['U0ALICE'] }],
  'dms.json': [{ id: 'D0AB', created: 1_500_000_100, members: ['U0ALICE', 'U0BOB'] }],
  'general/2017-07-15.json': [said('1500100000.000200', 'U0BOB', 'second day')],
  'general/2017-07-14.json': [said('1500000100.000100', 'U0ALICE', 'first day')],
  'D0AB/2017-07-14.json': [said('1500000200.000100', 'U0ALICE', 'just between us')],
}

let folder: string
const opened: SlackExport[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-slack-export-'))
})
afterEach(async () => {
  for (const source of opened.splice(0)) await source.close()
  rmSync(folder, { recursive: true, force: true })
})

async function open(files: Record<string, unknown>, more: Packed[] = []): Promise<SlackExport> {
  const path = join(folder, 'export.zip')
  writeFileSync(path, buildZip([...packJson(files), ...more]))
  const source = await openSlackExport(path)
  opened.push(source)
  return source
}
const everyMessage = async (source: SlackExport, conversation: string) => {
  const { days } = source.conversations.find(({ id }) => id === conversation)!
  return (await Promise.all(days.map((day) => source.messages(day)))).flat()
}

describe('an export that Slack made', () => {
  test('names its people, with what is known of them', async () => {
    const { people } = await open(small)
    expect(
      people.map(({ id, realName, email, deleted, bot, botId }) => [
        id,
        realName,
        email,
        deleted,
        bot,
        botId,
      ]),
    ).toEqual([
      ['U0ALICE', 'Alice Arnold', 'alice@example.org', false, false, null],
      ['U0BOB', 'Bob', null, true, false, null],
      ['U0ROBOT', 'Deploys', null, false, true, 'B0ROBOT'],
    ])
  })

  test('lists conversations of each kind, oldest first, each with its days in order', async () => {
    const { conversations } = await open(small)
    expect(
      conversations.map(({ id, kind, name, days }) => [id, kind, name, days.map(({ path }) => path)]),
    ).toEqual([
      ['G0SECRET', 'private', 'secret', []],
      ['C0GENERAL', 'public', 'general', ['general/2017-07-14.json', 'general/2017-07-15.json']],
      ['D0AB', 'direct', null, ['D0AB/2017-07-14.json']],
    ])
  })

  test('keeps the microseconds of a time, which a floating-point number would lose', async () => {
    const source = await open({
      ...small,
      'general/2017-07-16.json': [said('1500200000.000005', 'U0BOB', 'x')],
    })
    const last = (await everyMessage(source, 'C0GENERAL')).at(-1)!
    expect(last.ts).toBe(1_500_200_000_000_005)
  })

  test('tells of threads, edits, reactions, files and bots', async () => {
    const source = await open({
      ...small,
      'general/2017-07-16.json': [
        said('1500200000.000100', 'U0BOB', 'reply', {
          thread_ts: '1500100000.000200',
          edited: { user: 'U0BOB', ts: '1500200001.000000' },
        }),
        said('1500200000.000200', 'U0BOB', '', {
          reactions: [{ name: 'tada', users: ['U0ALICE'], count: 1 }],
          files: [
            { name: 'plan.pdf', url_private: 'https://files.slack.com/plan.pdf' },
            { mode: 'tombstone' },
          ],
        }),
        {
          type: 'message',
          subtype: 'bot_message',
          ts: '1500200000.000300',
          bot_id: 'B0OTHER',
          username: 'alerts',
          text: '',
          attachments: [{ fallback: 'down', text: 'it is down' }],
        },
      ],
    })
    const [reply, filed, alert] = (await everyMessage(source, 'C0GENERAL')).slice(-3)
    expect(reply).toMatchObject({ threadTs: 1_500_100_000_000_200, editedAt: 1_500_200_001_000 })
    expect(filed).toMatchObject({
      reactions: [{ name: 'tada', users: ['U0ALICE'] }],
      files: [
        { name: 'plan.pdf', url: 'https://files.slack.com/plan.pdf' },
        { name: 'file', url: null },
      ],
    })
    expect(alert).toMatchObject({
      user: null,
      bot: { id: 'B0OTHER', name: 'alerts' },
      fallback: 'it is down',
    })
  })

  test('is read as well when somebody unpacked it and packed the folder again on a Mac', async () => {
    const again = Object.fromEntries(
      Object.entries(small).map(([name, value]) => [`My export/${name}`, value]),
    )
    const source = await open(again, [{ name: '__MACOSX/My export/._users.json', content: 'x' }])
    expect(source.people).toHaveLength(3)
    expect((await everyMessage(source, 'D0AB')).map(({ text }) => text)).toEqual(['just between us'])
    expect(source.ignored).toEqual([])
  })

  test('is read where its people are, whatever else of an export lies beside it', async () => {
    const { conversations } = await open({
      'My export/users.json': [alice],
      'My export/channels.json': small['channels.json'],
      'channels.json': [],
      'dms.json': [],
    })
    expect(conversations.map(({ id }) => id)).toEqual(['C0GENERAL'])
    await expect(
      open({ 'My export/users.json': [alice], 'channels.json': small['channels.json'] }),
    ).rejects.toThrow('No channels.json')
  })

  test('says what it leaves out, above all messages that no list claims', async () => {
    const { ignored } = await open({ ...small, 'canvases.json': [], 'lost/2017-07-14.json': [] })
    expect(ignored).toEqual([
      { file: 'canvases.json', why: 'not a part of an export that Parley imports' },
      { file: 'lost/2017-07-14.json', why: 'no list names its conversation' },
    ])
  })

  test('has the same fingerprint whenever it is opened, and another export has another', async () => {
    const [first, second] = [await open(small), await open(small)]
    expect(second.fingerprint).toBe(first.fingerprint)
    expect((await open({ ...small, 'users.json': [alice] })).fingerprint).not.toBe(first.fingerprint)
  })
})

describe('what is not a sound export is described, with file and place', () => {
  const day = async (content: string | Buffer) => {
    const source = await open(small, [{ name: 'general/2017-07-17.json', content }])
    return everyMessage(source, 'C0GENERAL')
  }

  test('another zip', async () => {
    await expect(open({ 'readme.txt': 'hello' })).rejects.toThrow('There is no users.json in this zip')
    await expect(open({ 'users.json': [] })).rejects.toThrow('No channels.json')
  })

  test('two conversations that would share one folder of messages', async () => {
    const twice = { ...small, 'mpims.json': [{ id: 'G0TWICE', name: 'general', members: [] }] }
    await expect(open(twice)).rejects.toThrow('A second conversation lays claim to the folder general')
  })

  test('JSON that breaks off', async () => {
    await expect(day('[\n  {"type": "message", "te')).rejects.toMatchObject({
      name: 'ExportProblem',
      file: 'general/2017-07-17.json',
      message: 'This is not valid JSON from line 2, column 23.',
    })
  })

  test('text that is not UTF-8', async () => {
    await expect(day(Buffer.from([0x5b, 0x22, 0xff, 0x22, 0x5d]))).rejects.toThrow('not UTF-8')
  })

  test('a message without a sensible time, named by its place', async () => {
    const content = JSON.stringify([
      said('1500300000.000100', 'U0BOB', 'fine'),
      said('yesterday', 'U0BOB', 'x'),
    ])
    await expect(day(content)).rejects.toThrow('At item 2, ts: must be a time such as')
  })

  test('a list of nothing but faults, of which as many are counted as tell what is wrong', async () => {
    const began = performance.now()
    const content = `[${Array.from({ length: 300_000 }, (_, n) => (n * 7) % 10).join()}]`
    await expect(day(content)).rejects.toThrow(/^At item 1: .*\(and at least 999 more\)\.$/)
    expect(performance.now() - began).toBeLessThan(2_000)
  })

  test('a file that holds no list', async () => {
    await expect(day('{"messages": []}')).rejects.toThrow('At the top: ')
  })
})

const real = process.env.PARLEY_SLACK_EXPORT ?? resolve('../shared/data/devchat-slack-export.zip')
describe.runIf(existsSync(real))('the export of a real community', () => {
  test('is read whole', { timeout: 60_000 }, async () => {
    const source = await openSlackExport(real)
    opened.push(source)
    expect(source.people).toHaveLength(903)
    expect(source.conversations.map(({ name }) => name)).toEqual(['racket', 'elm'])
    let count = 0
    for (const { days } of source.conversations)
      for (const day of days) count += (await source.messages(day)).length
    expect(count).toBe(36_682)
  })
})
