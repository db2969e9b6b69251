import pg from 'pg'
import { PASSWORD } from './addresses.ts'

const DATABASE = 'ejabberd'

/**
 * A database of ejabberd's own in the PostgreSQL that Parley's is in, with an account for each of Parley's people:
 * made by the first who asks.
 * @param url Parley's
 * @returns where ejabberd's is
 */
export async function prepareDatabase(url: string, schema: string): Promise<URL> {
  const own = new URL(url)
  own.pathname = DATABASE
  const people = await withClient(url, async (parley) => {
    const { rowCount } = await parley.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE])
    if (rowCount === 0) await parley.query(`CREATE DATABASE ${DATABASE}`)
    const { rows } = await parley.query<{ id: string }>('SELECT id::text FROM people')
    return rows.map((row) => row.id)
  })
  await withClient(own.href, async (ejabberd) => {
    const { rows } = await ejabberd.query<{ made: boolean }>(
      "SELECT to_regclass('users') IS NOT NULL AS made",
    )
    if (!rows[0]!.made) await ejabberd.query(schema)
    await ejabberd.query(
      'INSERT INTO users (username, password) SELECT id, $2 FROM unnest($1::text[]) id ON CONFLICT DO NOTHING',
      [people, PASSWORD],
    )
    await ejabberd.query('ANALYZE')
  })
  return own
}

async function withClient<Result>(
  url: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
