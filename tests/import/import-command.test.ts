import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openSlackExport } from '@parley/adapters/slack-export/index'
import { type Database, openDatabase } from '@parley/db'
import { timeOf } from '@parley/protocol'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { buildZip, type Packed, packJson } from '../../packages/adapters/test/slack-export/build-zip.ts'
import { type TestDatabase, testDatabase } from '../support/index.ts'

const root = path.resolve(import.meta.dirname, '../..')

let folder: string
let database: TestDatabase
let db: Database
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'parley-import-'))
  database = await testDatabase()
  db = openDatabase(database.url, { max: 2 })
})
afterEach(async () => {
  await db.close()
  await database.drop()
  rmSync(folder, { recursive: true, force: true })
})

type Ended = { code: number | null; out: string; err: string }

/** As a person calls it, from their own folder. `dieWhen`: `dieBy` as soon as this is so. */
function run(
  args: string[],
  {
    dieWhen,
    dieBy = 'SIGKILL',
    env = {},
  }: { dieWhen?: () => Promise<boolean>; dieBy?: NodeJS.Signals; env?: NodeJS.ProcessEnv } = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [path.join(root, 'scripts/import.ts'), ...args], {
    cwd: root,
    env: { ...process.env, INIT_CWD: folder, DATABASE_URL: database.url, ...env },
  })
  const ended: Ended = { code: null, out: '', err: '' }
  child.stdout.on('data', (text) => {
    ended.out += text
  })
  child.stderr.on('data', (text) => {
    ended.err += text
  })
  const watch = async () => {
    while (child.exitCode === null && !child.killed) {
      if (await dieWhen!()) child.kill(dieBy)
      else await sleep(5)
    }
  }
  if (dieWhen) void watch()
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ ...ended, code }))
  })
}

const said = (n: number, text: string) => ({
  type: 'message',
  user: n % 2 ? 'UALICE' : 'UBOB',
  ts: `${1_577_836_800 + n}.000100`,
  text,
})
const small = {
  'users.json': ['UALICE', 'UBOB'].map((id) => ({ id, name: id, profile: { display_name: id } })),
  'channels.json': [{ id: 'C1', name: 'general', created: 1_577_836_800, members: ['UALICE', 'UBOB'] }],
  'general/2020-01-01.json': [said(1, 'one'), said(2, 'two')],
}
const save = (files: Record<string, unknown>, more: Packed[] = []) =>
  writeFileSync(path.join(folder, 'export.zip'), buildZip([...packJson(files), ...more]))
const counts = async () => {
  const [row] = await db.sql<{ messages: number; people: number; imports: number; audit: number }>`
    SELECT (SELECT count(*)::int FROM messages) AS messages, (SELECT count(*)::int FROM people) AS people,
      (SELECT count(*)::int FROM imports) AS imports, (SELECT count(*)::int FROM audit_events) AS audit`
  return row
}
const someWritten = async () => ((await counts())?.messages ?? 0) > 0
const nothing = { messages: 0, people: 0, imports: 0, audit: 0 }

describe('an administrator at the command line', () => {
  test('sees in a dry run what would come, and nothing is written', async () => {
    save(small)
    const { code, out } = await run(['slack', 'export.zip', '--dry-run'])
    expect([code, out]).toEqual([0, expect.stringContaining('This was a dry run: nothing was written.')])
    expect(out).toMatch(/people +2,.*conversations +1\n.*messages +2,/s)
    expect(await counts()).toEqual(nothing)
  })

  test('is shown names as they are, whatever they would do to the terminal', async () => {
    save({ ...small, 'evil\u001b[2J\u202egnp.json': [] })
    const { code, out } = await run(['slack', 'export.zip', '--dry-run'])
    expect([code, out]).toEqual([0, expect.stringContaining('evil\uFFFD[2J\uFFFDgnp.json')])
  })

  test('imports, and a second run adds nothing', async () => {
    save(small)
    const first = await run(['slack', 'export.zip'])
    expect([first.code, first.out]).toEqual([
      0,
      expect.stringContaining('Imported: 2 messages, 1 conversations, 2 people.'),
    ])
    const second = await run(['slack', 'export.zip'])
    expect([second.code, second.out]).toEqual([0, expect.stringContaining('nothing was added')])
    expect(await counts()).toEqual({ messages: 2, people: 2, imports: 1, audit: 2 })
  })

  test.each<[string, string[], string]>([
    ['names nothing', [], 'Say what to import.'],
    ['names no file', ['slack'], 'Name the zip to import.'],
    ['names another system', ['teams', 'x.zip'], '"teams" exports cannot be read.'],
    ['misspells a switch', ['slack', 'x.zip', '--dryrun'], '--dryrun'],
    ['decides oddly', ['slack', 'x.zip', '--unknown-people=maybe'], '--unknown-people cannot be "maybe".'],
  ])('who %s is told how it is called, with code 2', async (_who, args, says) => {
    const { code, err } = await run(args)
    expect([code, err]).toEqual([2, expect.stringContaining(says)])
    expect(err).toContain('npm run import -- slack FILE.zip')
  })
})

describe('a bad export is reported with code 1, and nothing of it is imported', () => {
  const day = 'general/2020-01-02.json'
  test.each<[string, () => void, RegExp]>([
    ['no such file', () => {}, /There is no such file/],
    ['not a zip', () => writeFileSync(path.join(folder, 'export.zip'), 'hello'), /not a zip file/],
    [
      'a broken JSON file',
      () => save(small, [{ name: day, content: '[\n{"ts": ]' }]),
      /2020-01-02\.json: .*line 2, column 8/,
    ],
    [
      'an unknown user',
      () => save({ ...small, [day]: [{ ...said(90_000, 'x'), user: 'UMALLORY' }] }),
      /UMALLORY wrote 1 of .* --unknown-people=placeholder/s,
    ],
    [
      'a zip bomb',
      () => save(small, [{ name: day, content: Buffer.alloc(8e6, ' ') }]),
      /refused as a zip bomb/,
    ],
    [
      'a path that climbs out',
      () => save(small, [{ name: '../../x.json', content: '[]' }]),
      /leads out of the archive/,
    ],
  ])('%s', async (_what, make, says) => {
    make()
    const { code, out, err } = await run(['slack', 'export.zip'])
    expect([code, out + err]).toEqual([1, expect.stringMatching(says)])
    expect(await counts()).toEqual(nothing)
  })

  test('a database that is not there', async () => {
    save(small)
    const { code, err } = await run(['slack', 'export.zip'], {
      env: { DATABASE_URL: 'postgresql://127.0.0.1:1/x' },
    })
    expect([code, err]).toEqual([1, expect.stringContaining('The database does not answer.')])
  })
})

/** What people can see, whoever wrote it when. */
async function everything() {
  const rows: Record<string, unknown> = {}
  for (const table of [
    'conversations',
    'memberships',
    'messages',
    'mentions',
    'thread_followers',
    'message_search',
  ])
    rows[table] = (
      await db.connection.query(
        `SELECT count(*)::int AS rows, md5(string_agg(t::text, E'\\n' ORDER BY t::text)) AS content FROM ${table} t`,
      )
    ).rows[0]
  return rows
}
const empty = () =>
  db.connection.query(`ALTER TABLE audit_events DISABLE TRIGGER audit_events_append_only;
    TRUNCATE imports, audit_events, people, person_state, conversations, memberships, messages, mentions,
      thread_followers, message_search, outbox`)

test('Ctrl-C in the middle says how to go on', { timeout: 60_000 }, async () => {
  save({
    ...small,
    'general/2020-01-01.json': Array.from({ length: 20_000 }, (_, n) => said(n, `message ${n}`)),
  })
  const { code, err } = await run(['slack', 'export.zip'], { dieWhen: someWritten, dieBy: 'SIGINT' })
  expect([code, err.trim()]).toEqual([
    130,
    'Interrupted. Run the same command again: it goes on where it stopped.',
  ])
  expect((await run(['slack', 'export.zip'])).out).toContain('Went on with the interrupted import')
  expect((await counts())?.messages).toBe(20_000)
})

test('a process killed in the middle is gone on with, and the end is the same', {
  timeout: 120_000,
}, async () => {
  const many = Array.from({ length: 20_000 }, (_, n) => ({
    ...said(n, `message ${n}, <@UALICE>`),
    ...(n % 4 === 3 ? { thread_ts: said(n - 3, '').ts } : {}),
  }))
  save({ ...small, 'general/2020-01-01.json': many })
  expect((await run(['slack', 'export.zip'])).code).toBe(0)
  const undisturbed = await everything()
  await empty()

  const killed = await run(['slack', 'export.zip'], { dieWhen: someWritten })
  expect(killed.code).toBeNull()
  const left = await counts()
  expect(left?.messages).toBeGreaterThan(0)
  expect(left?.messages).toBeLessThan(20_000)
  expect(await db.sql`SELECT id FROM conversations`).toEqual([])

  const resumed = await run(['slack', 'export.zip'])
  expect([resumed.code, resumed.out]).toEqual([
    0,
    expect.stringContaining('Went on with the interrupted import'),
  ])
  expect(await everything()).toEqual(undisturbed)
})

const real = process.env.PARLEY_SLACK_EXPORT ?? path.resolve(root, '../shared/data/devchat-slack-export.zip')
test.runIf(existsSync(real))(
  'the export of a real community comes over message by message',
  { timeout: 180_000 },
  async () => {
    const { code, out } = await run(['slack', real])
    expect([code, out]).toEqual([
      0,
      expect.stringContaining('Imported: 36,682 messages, 2 conversations, 903 people.'),
    ])
    const source = await openSlackExport(real)
    try {
      for (const conversation of source.conversations) {
        const posted = []
        for (const day of conversation.days) posted.push(...(await source.messages(day)))
        const rows = await db.sql<{ id: string; seq: number; author: string; root_id: string | null }>`
        SELECT m.id, m.seq, m.root_id, p.import_key AS author FROM messages m
        JOIN conversations c ON c.id = m.conversation_id JOIN people p ON p.id = m.sender_id
        WHERE c.import_key = ${`slack:${conversation.id}`} ORDER BY m.id`
        expect(rows.map(({ seq }) => seq)).toEqual(posted.map((_, n) => n + 1))
        expect(rows.map(({ id, author }) => [timeOf(id), author])).toEqual(
          posted.map(({ ts, user }) => [Math.floor(ts / 1_000), `slack:${user}`]),
        )
        const idByTs = new Map(posted.map(({ ts }, n) => [ts, rows[n]!.id]))
        expect(rows.map(({ root_id }) => root_id)).toEqual(
          posted.map(({ ts, threadTs }) =>
            threadTs === null || threadTs === ts ? null : idByTs.get(threadTs),
          ),
        )
      }
    } finally {
      await source.close()
    }
    expect(
      await db.sql`SELECT count(*)::int AS unread FROM memberships m JOIN conversations c ON c.id = m.conversation_id
      WHERE m.read_seq <> c.last_seq OR m.read_ordinal <> c.roots`,
    ).toEqual([{ unread: 0 }])
    expect(
      await db.sql`SELECT count(*)::int AS wrong FROM messages r WHERE r.root_id IS NULL AND r.thread_replies <>
      (SELECT count(*) FROM messages m WHERE m.conversation_id = r.conversation_id AND m.root_id = r.id)`,
    ).toEqual([{ wrong: 0 }])
    const again = await run(['slack', real])
    expect(again.out).toContain('nothing was added')
  },
)
