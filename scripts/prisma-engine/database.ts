import pg from 'pg'

/** A failure with the code that Prisma documents for it (P1000–P1011). */
class EngineError extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

export async function canConnect(url: string): Promise<EngineError | null> {
  const { host, pathname } = new URL(url)
  try {
    await withClient(url, (client) => client.query('SELECT 1'))
    return null
  } catch (error) {
    const { code, message } = error as { code?: string; message: string }
    if (code === '3D000')
      return new EngineError('P1003', `Database ${pathname.slice(1)} does not exist at ${host}.`)
    if (code === '28P01' || code === '28000')
      return new EngineError('P1000', `${host} refuses these credentials.`)
    return new EngineError('P1001', `Can't reach the database server at ${host}: ${message}`)
  }
}

/** @returns the name of the database */
export async function createDatabase(url: string): Promise<string> {
  const name = databaseOf(url)
  await withClient(maintenance(url), (client) =>
    client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`),
  )
  return name
}

export async function dropDatabase(url: string): Promise<void> {
  const name = databaseOf(url)
  await withClient(maintenance(url), (client) =>
    client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(name)} WITH (FORCE)`),
  )
}

/** `schema` is Prisma's own parameter: PostgreSQL would not know it. */
export function withoutSchema(url: string): { url: string; schema: string } {
  const parsed = new URL(url)
  const schema = parsed.searchParams.get('schema') ?? 'public'
  parsed.searchParams.delete('schema')
  return { url: parsed.href, schema }
}

function databaseOf(url: string): string {
  return decodeURIComponent(new URL(url).pathname.slice(1))
}

/** Databases are made and dropped from the one that every server has. */
function maintenance(url: string): string {
  const parsed = new URL(url)
  parsed.pathname = '/postgres'
  return parsed.href
}

async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: withoutSchema(url).url, connectionTimeoutMillis: 5_000 })
  try {
    await client.connect()
    return await use(client)
  } finally {
    await client.end()
  }
}
