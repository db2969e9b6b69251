import path from 'node:path'
import { type Database, openDatabase } from '@parley/db'
import { runningSuite } from '../../scripts/start/running-suite.ts'

const root = path.join(import.meta.dirname, '../..')

/** The database of the running suite: for what no act lets anybody write any more, and earlier versions did. */
export async function inDatabase(work: (sql: Database['sql']) => Promise<unknown>): Promise<void> {
  const db = openDatabase(runningSuite(root, process.env).DATABASE_URL!, { max: 1 })
  try {
    await work(db.sql)
  } finally {
    await db.close()
  }
}
