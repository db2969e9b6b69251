import { migrations } from '@parley/db/migrate'
import pg from 'pg'
import { expect, test } from 'vitest'
import { testDatabase, testRedis } from '../support/index.ts'

const query = async (url: string, sql: string) => {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

test('a test database has every migration and is nobody else’s', async () => {
  const [alices, bobs] = [await testDatabase(), await testDatabase()]
  const applied = await query(alices.url, 'SELECT migration_name AS name FROM _prisma_migrations ORDER BY 1')
  expect(applied.map((row) => row.name)).toEqual(migrations().map((migration) => migration.name))

  await query(alices.url, 'CREATE TABLE secret ()')
  await expect(query(bobs.url, 'SELECT FROM secret')).rejects.toThrow(/does not exist/)
  await Promise.all([alices.drop(), bobs.drop()])
  await expect(query(alices.url, 'SELECT 1')).rejects.toThrow(/does not exist/)
})

test('a database is dropped under those who are still connected', async () => {
  const database = await testDatabase()
  const client = new pg.Client(database.url)
  await client.connect()
  const lost = new Promise<Error>((resolve) => client.on('error', resolve))
  await database.drop()
  expect((await lost).message).toMatch(/terminat/)
})

test('two tests share Redis but no key', () => {
  const [first, second] = [testRedis(), testRedis()]
  expect(first.url).toBe(second.url)
  expect(first.prefix).not.toBe(second.prefix)
})
