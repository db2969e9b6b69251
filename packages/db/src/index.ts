/** The only importer of Prisma and pg. Statements by hand lie in queries/, one a file. */
export { type Database, openDatabase, type Tx } from './database.ts'
export { isBadValue, isUnavailable, isUniqueViolation } from './failures.ts'
export { preparedOn, type Queryable, type Sql, sqlOn } from './sql.ts'
