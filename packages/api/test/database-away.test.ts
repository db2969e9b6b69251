import { openDatabase } from '@parley/db'
import { freePort } from '@parley/devstack'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { someone } from '../../../tests/support/people.ts'
import { Browser, type TestApi, testApi } from './support/browser.ts'

let world: TestApi
beforeAll(async () => {
  world = await testApi()
})
afterAll(() => world.close())

test('while the database is away, alice is told to come again and not that something of ours is wrong', async () => {
  const alice = await someone(world, 'alice')
  const db = openDatabase(`postgresql://postgres@127.0.0.1:${await freePort()}/parley`)
  const browser = new Browser({ ...world.context, deps: { ...world.deps, db } })
  browser.cookies.set('parley-3000-access', alice.tokens.access)
  browser.cookies.set('parley-3000-device', alice.tokens.device)
  const said = { status: 503, body: { error: { code: 'unavailable' } } }
  const saidByTrpc = { status: 503, body: { error: { data: { code: 'unavailable' } } } }
  expect(await browser.query('session.connect')).toMatchObject(saidByTrpc)
  expect(await browser.mutate('conversations.create', { kind: 'public', name: 'kitchen' })).toMatchObject(
    saidByTrpc,
  )
  expect(await browser.post('/api/session/sign-out')).toMatchObject(said)
  await db.close()
})
