import { AsyncLocalStorage } from 'node:async_hooks'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { endSilent } from './end-silent.ts'
import { type Prisma, PrismaClient } from './generated/client.ts'
import { type Queryable, type Sql, sqlOn } from './sql.ts'

/** One transaction, spoken to in two ways over one connection: Prisma, and SQL by hand where it pays. */
export type Tx = { prisma: Prisma.TransactionClient; sql: Sql; connection: Queryable }

export type Database = {
  prisma: PrismaClient
  sql: Sql
  connection: Queryable
  /** The one connection that group commits go through, so that they follow one another. */
  writer: Queryable
  /** All or nothing. Rolls back when `work` throws. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** Throws when PostgreSQL does not answer. */
  ping(): Promise<void>
  close(): Promise<void>
}

const TRANSACTION_MS = 20_000
const WAIT_FOR_CONNECTION_MS = 10_000
/** A connection over which nothing comes is looked at after so long, not after the two hours of most systems. */
const KEEP_ALIVE = { keepAlive: true, keepAliveInitialDelayMillis: 10_000 }
/** A group commit that takes longer hangs: on a database that fell silent, or behind a lock that nobody gives back. */
const WRITER_MS = 20_000

/** Holds the connection that Prisma opened the current transaction on, so that SQL by hand joins it. */
const current = new AsyncLocalStorage<{ connection?: pg.PoolClient }>()

/** Tells the current transaction which connection it got. */
class SharedPool extends pg.Pool {
  // biome-ignore lint/suspicious/noExplicitAny: pg declares connect() with two signatures; both pass through
  override connect(...args: any[]): any {
    const connecting = (super.connect as (...all: unknown[]) => unknown)(...args)
    const transaction = current.getStore()
    if (!transaction || !(connecting instanceof Promise)) return connecting
    return connecting.then((connection: pg.PoolClient) => {
      transaction.connection = connection
      return connection
    })
  }
}

/**
 * Opens a pool of connections; the first is made with the first statement.
 * Holds no session state, so that PgBouncer in transaction mode may stand between.
 * With `silentMs`, whoever waits so long for a database that answers nobody is told so; see end-silent.ts.
 */
export function openDatabase(
  url: string,
  {
    max = 10,
    name = 'parley',
    writerMs = WRITER_MS,
    silentMs,
  }: { max?: number; name?: string; writerMs?: number; silentMs?: number | undefined } = {},
): Database {
  const pool = new SharedPool({
    connectionString: url,
    max,
    application_name: name,
    connectionTimeoutMillis: WAIT_FOR_CONNECTION_MS,
    idleTimeoutMillis: 30_000,
    ...KEEP_ALIVE,
  })
  const writer = new pg.Pool({
    connectionString: url,
    max: 1,
    application_name: `${name}-writer`,
    connectionTimeoutMillis: WAIT_FOR_CONNECTION_MS,
    ...KEEP_ALIVE,
    // whether it was committed is not known then: senders are told to come again with the same client ids
    query_timeout: writerMs,
  })
  if (silentMs) endSilent(pool, url, silentMs)
  // A connection that breaks while idle is replaced at its next use; whoever uses it then gets the error.
  pool.on('error', () => {})
  writer.on('error', () => {})
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) })
  return {
    prisma,
    sql: sqlOn(pool),
    connection: pool,
    writer,
    transaction: (work) =>
      current.run({}, () =>
        prisma.$transaction(
          (tx) => {
            const connection = current.getStore()?.connection
            if (!connection) throw new Error('Prisma opened a transaction without asking the pool')
            return work({ prisma: tx, sql: sqlOn(connection), connection })
          },
          { timeout: TRANSACTION_MS, maxWait: WAIT_FOR_CONNECTION_MS },
        ),
      ),
    ping: async () => void (await pool.query('SELECT 1')),
    close: async () => {
      await prisma.$disconnect()
      if (!pool.ended) await pool.end()
      if (!writer.ended) await writer.end()
    },
  }
}
