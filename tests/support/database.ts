import pg from 'pg'

/** Statements about whole databases, sent to the server's own. Names are ours, never a user's. */
export async function createDatabase(serverUrl: string, name: string, template?: string): Promise<void> {
  // copying files is quicker than writing the copy to the log, since nothing here is flushed to disk anyway
  const copy = template ? ` TEMPLATE "${template}" STRATEGY FILE_COPY` : ''
  await onServer(serverUrl, `CREATE DATABASE "${name}"${copy}`)
}

export async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  await onServer(serverUrl, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)
}

async function onServer(serverUrl: string, statement: string): Promise<void> {
  const url = new URL(serverUrl)
  url.pathname = '/postgres'
  const client = new pg.Client(url.href)
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
