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
    try {
      await connection.query('BEGIN')
      const result = await connection.query(statement)
      void sleep(EARLY_MS)
        .then(() => connection.query('COMMIT'))
        .then(
          () => connection.release(),
          (error: Error) => connection.release(error),
        )
      return result
    } catch (error) {
      connection.release(error as Error)
      throw error
    }
  }
  return { ...real.openDatabase(url, options), writer: { query } as unknown as pg.Pool }
}
