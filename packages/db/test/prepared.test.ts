import { openDatabase, preparedOn } from '@parley/db'
import { followedThreads } from '@parley/db/queries/followed-threads'
import { allMine } from '@parley/db/queries/my-conversations'
import { sendMessages } from '@parley/db/queries/send-messages'
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

/** As a migration of a later version may: the function, its newest form, answers with one more column. */
async function giveColumn(name: string): Promise<void> {
  const [made] = await db.sql<{ signature: string; takes: string; answers: string; inputs: number }>`
    SELECT oid::regprocedure::text AS signature, pg_get_function_arguments(oid) AS takes,
      pg_get_function_result(oid) AS answers, pronargs AS inputs
    FROM pg_proc WHERE proname = ${name} ORDER BY oid DESC`
  const { signature, takes, answers, inputs } = made!
  const shape = answers.startsWith('TABLE(')
    ? `(${takes}) RETURNS ${answers.slice(0, -1)}, news integer)`
    : `(${takes}, OUT news integer)`
  const handed = Array.from({ length: inputs }, (_, i) => `$${i + 1}`)
  await db.connection.query(`ALTER FUNCTION ${signature} RENAME TO ${name}_before`)
  await db.connection.query(
    `CREATE FUNCTION ${name}${shape} LANGUAGE sql AS 'SELECT *, 1 FROM ${name}_before(${handed})'`,
  )
}

const person = '11'
const message = {
  ...{ conversation: '1', sender: person, client: '0190a7b0-0000-7000-8000-000000000000', id: '2' },
  ...{ root: null, text: 'Hello.', mentions: [], files: [] },
}
test.each([
  ['conversations_of', () => allMine(preparedOn(db.connection), [{ person, only: null, after: '0' }], 100)],
  [
    'followed_threads',
    () => followedThreads(preparedOn(db.connection), [{ person, conversations: null, after: 0 }]),
  ],
  ['send_messages', () => sendMessages(db.connection, [message])],
])('%s is given another column by a migration: who is connected goes on asking it', async (name, ask) => {
  const before = await ask()
  await giveColumn(name)
  expect(await ask()).toEqual(name === 'send_messages' ? { ...before, outbox: expect.anything() } : before)
})
