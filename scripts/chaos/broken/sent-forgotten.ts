import type pg from 'pg'
import * as real from '../../../packages/db/src/database.ts'

export * from '../../../packages/db/src/database.ts'

/** Forgets what was sent before each batch is written: a retry is a new message. */
export const openDatabase: typeof real.openDatabase = (url, options) => {
  const opened = real.openDatabase(url, options)
  const query = async (statement: pg.QueryConfig) => {
    await opened.writer.query('DELETE FROM sent_messages')
    return opened.writer.query(statement)
  }
  return { ...opened, writer: { query } as unknown as typeof opened.writer }
}
