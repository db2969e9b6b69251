import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import pg from 'pg'

const MIGRATIONS = fileURLToPath(new URL('../../../prisma/migrations/', import.meta.url))
/** One at a time, however many processes start together. */
const LOCK = 7_301_552_001

export type Migration = { name: string; sql: string; checksum: string }

export function migrations(dir: string = MIGRATIONS): Migration[] {
  return readdirSync(dir)
    .filter((name) => existsSync(`${dir}/${name}/migration.sql`))
    .sort()
    .map((name) => {
      const sql = readFileSync(`${dir}/${name}/migration.sql`, 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })
}

/**
 * Applies what is missing, without the Prisma command line, and keeps Prisma's own table of what was applied,
 * so that both agree. Each file is one transaction and is sent as one query, since function bodies contain `;`.
 * @returns the names applied now
 * @throws when an applied file has changed since, or when one fails (its transaction is rolled back)
 */
export async function migrate(url: string, onApply?: (name: string) => void): Promise<string[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK])
    await client.query(`CREATE TABLE IF NOT EXISTS _prisma_migrations (
      id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, finished_at timestamptz, migration_name varchar(255) NOT NULL,
      logs text, rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0)`)
    const { rows } = await client.query<{ name: string; checksum: string }>(
      'SELECT migration_name AS name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
    )
    const applied = new Map(rows.map((row) => [row.name, row.checksum]))
    const now: string[] = []
    for (const { name, sql, checksum } of migrations()) {
      const before = applied.get(name)
      if (before === checksum) continue
      if (before !== undefined)
        throw new Error(`Migration ${name} was changed after it had been applied to this database.`)
      onApply?.(name)
      await apply(client, name, sql, checksum)
      now.push(name)
    }
    return now
  } finally {
    await client.end()
  }
}

async function apply(client: pg.Client, name: string, sql: string, checksum: string): Promise<void> {
  await client.query('BEGIN')
  try {
    await client.query(sql)
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count)
       VALUES (gen_random_uuid()::text, $1, now(), $2, 1)`,
      [checksum, name],
    )
    await client.query('COMMIT')
  } catch (cause) {
    await client.query('ROLLBACK')
    throw new Error(`Migration ${name} failed: ${cause instanceof Error ? cause.message : cause}`, { cause })
  }
}
