import { PrismaPg } from '@prisma/adapter-pg'
import {
  type Error as AdapterError,
  ColumnTypeEnum,
  DriverAdapterError,
  type SqlDriverAdapter,
} from '@prisma/driver-adapter-utils'
import pg from 'pg'
import { withoutSchema } from './database.ts'

/** PostgreSQL's internal one-byte type, which catalog queries return and adapter-pg does not know. */
const CHAR = 18
/** A type that adapter-pg knows, to carry it past. */
const BPCHAR = 1042

/** adapter-pg's connection with the two things mended that the schema engine needs of it. */
export async function openAdapter(
  url: string,
  onDispose: () => Promise<void> = async () => {},
): Promise<SqlDriverAdapter> {
  const { url: connectionString, schema } = withoutSchema(url)
  const pool = new CatalogPool({ connectionString, max: 1, allowExitOnIdle: true })
  const inner = await new PrismaPg(pool, { schema }).connect()
  let last: Promise<unknown> = Promise.resolve()

  return {
    provider: inner.provider,
    adapterName: inner.adapterName,
    startTransaction: (level) => inner.startTransaction(level),
    getConnectionInfo: () => inner.getConnectionInfo(),
    executeRaw: (query) => inner.executeRaw(query),
    queryRaw(query) {
      // one after the other, so that the columns noted by the pool are those of this query
      const result = last.then(async () => {
        const answer = await inner.queryRaw(query)
        for (const column of pool.charColumns) answer.columnTypes[column] = ColumnTypeEnum.Character
        return answer
      })
      last = result.catch(() => {})
      return result
    },
    // adapter-pg splits at every ";", in function bodies too: send the file as one query, as the native engine does
    async executeScript(script) {
      try {
        await pool.query(script)
      } catch (error) {
        throw new DriverAdapterError(describe(error as pg.DatabaseError, script))
      }
    },
    async dispose() {
      await inner.dispose()
      await pool.end()
      await onDispose()
    },
  }
}

class CatalogPool extends pg.Pool {
  charColumns: number[] = []

  // biome-ignore lint/suspicious/noExplicitAny: pg declares eight overloads; adapter-pg uses the promise ones
  override async query(...args: any[]): Promise<any> {
    // biome-ignore lint/suspicious/noExplicitAny: as above
    const result: pg.QueryArrayResult = await (super.query as any)(...args)
    this.charColumns = []
    result.fields?.forEach((field, column) => {
      if (field.dataTypeID !== CHAR) return
      field.dataTypeID = BPCHAR
      this.charColumns.push(column)
    })
    return result
  }
}

function describe(error: pg.DatabaseError, script: string): AdapterError {
  const { message, code = 'N/A', severity = 'ERROR', detail, column, hint, position } = error
  const line = position ? ` (line ${script.slice(0, Number(position)).split('\n').length})` : ''
  return { kind: 'postgres', code, severity, message: `${message}${line}`, detail, column, hint }
}
