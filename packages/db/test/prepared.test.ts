import { openDatabase, preparedOn } from '@parley/db'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../../tests/support/index.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
let db: ReturnType<typeof openDatabase>
beforeAll(async () => {
  database = await testDatabase()
  db = openDatabase(database.url, { max: 1 })
})
afterAll(async () => {
  await db.close()
  await database.drop()
})

test('what is asked for everybody is planned once a connection, and answers each with their own', async () => {
  await db.sql`INSERT INTO people (id, name) VALUES (11, 'Alice'), (12, 'Bob')`
  const sql = preparedOn(db.connection)
  const nameOf = (id: string) => sql`SELECT name FROM people WHERE id = ${id}`
  expect([await nameOf('11'), await nameOf('12'), await nameOf('13')]).toEqual([
    [{ name: 'Alice' }],
    [{ name: 'Bob' }],
    [],
  ])
  const [plans] = await db.sql<{ plans: number; used: number }>`
    SELECT count(*)::int AS plans, sum(generic_plans + custom_plans)::int AS used FROM pg_prepared_statements`
  expect(plans).toEqual({ plans: 1, used: 3 })
})
