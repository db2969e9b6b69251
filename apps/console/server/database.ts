import { type Database, openDatabase } from '@parley/db'

let opened: Database | undefined

/** The process's one pool, opened with its first question. */
export function database(): Database {
  opened ??= openDatabase(process.env.DATABASE_URL ?? '')
  return opened
}
