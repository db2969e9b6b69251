import { type Database, openDatabase } from '@parley/db'
import { freePort } from '@parley/devstack'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openLine } from '../../../tests/support/line.ts'
import { someone } from '../../../tests/support/people.ts'
import { Browser, type TestApi, testApi } from './support/browser.ts'

let world: TestApi
beforeAll(async () => {
  world = await testApi()
})
afterAll(() => world.close())

/** As each surface's clients read it. */
const said = { status: 503, body: { error: { code: 'unavailable' } } }
const saidByTrpc = { status: 503, body: { error: { data: { code: 'unavailable' } } } }

async function browserOf(name: string, db: Database): Promise<Browser> {
  const { tokens } = await someone(world, name)
  const browser = new Browser({ ...world.context, deps: { ...world.deps, db } })
  browser.cookies.set('parley-3000-access', tokens.access)
  browser.cookies.set('parley-3000-device', tokens.device)
  browser.cookies.set('parley-3000-refresh', tokens.refresh)
  return browser
}

test('while the database is away, alice is told to come again and not that something of ours is wrong', async () => {
  const db = openDatabase(`postgresql://postgres@127.0.0.1:${await freePort()}/parley`)
  const browser = await browserOf('alice', db)
  expect(await browser.query('session.connect')).toMatchObject(saidByTrpc)
  expect(await browser.mutate('conversations.create', { kind: 'public', name: 'kitchen' })).toMatchObject(
    saidByTrpc,
  )
  expect(await browser.post('/api/session/sign-out')).toMatchObject(said)
  await db.close()
})

test('bob asks while the database hangs: he is told so before his browser gives up, and is still signed in when it goes on', async () => {
  const line = await openLine(world.url)
  const db = openDatabase(line.url, { silentMs: 300 })
  const bob = await browserOf('bob', db)
  expect(await bob.query('people.me')).toMatchObject({ status: 200 })
  const goOn = line.hold()
  const began = performance.now()
  const [renewed, ...answers] = await Promise.all([
    bob.post('/api/session/refresh'),
    bob.query('people.me'),
    bob.query('session.connect'),
    bob.mutate('conversations.create', { kind: 'public', name: 'galley' }),
  ])
  expect(renewed).toMatchObject(said)
  for (const answer of answers) expect(answer).toMatchObject(saidByTrpc)
  expect(performance.now() - began).toBeLessThan(11_000)
  goOn()
  expect(await bob.query('people.me')).toMatchObject({ status: 200 })
  expect(await bob.post('/api/session/refresh')).toMatchObject({ status: 200 })
  await db.close()
  line.close()
}, 30_000)

test('what takes carol long, while others are answered, is waited for', async () => {
  const db = openDatabase(world.url, { silentMs: 100 })
  const [slept] = await db.sql<{ done: number }>`SELECT 1 AS done FROM pg_sleep(1)`
  expect(slept?.done).toBe(1)
  await db.close()
})
