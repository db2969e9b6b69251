import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import * as real from '../../../packages/db/src/database.ts'

export * from '../../../packages/db/src/database.ts'

/** For so long what was acknowledged is not committed. */
const EARLY_MS = 400

/** Answers with what a batch of messages would be given, and commits it a moment later. */
export const openDatabase: typeof real.openDatabase = (url, options) => {
  const pool = new pg.Pool({ connectionString: url, max: 1 })
  pool.on('error', () => {})
  const query = async (statement: pg.QueryConfig) => {
    const connection = await pool.connect()
    connection.on('error', ignored)
    const release = (error?: Error) => {
      connection.off('error', ignored)
      connection.release(error)
    }
    try {
      await connection.query('BEGIN')
      const result = await connection.query(statement)
      void sleep(EARLY_MS)
        .then(() => connection.query('COMMIT'))
        .then(
          () => release(),
          (error: Error) => release(error),
        )
      return result
    } catch (error) {
      release(error as Error)
      throw error
    }
  }
  return { ...real.openDatabase(url, options), writer: { query } as unknown as pg.Pool }
}

/** What breaks is known by the statement that failed. */
function ignored(): void {}
