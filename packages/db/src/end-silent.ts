import type { Socket } from 'node:net'
import pg from 'pg'

/** Time for one that is new to be asked something. */
const LOOK_MS = 3_000

/**
 * Breaks connections of a pool that are in use and over which nothing comes, once PostgreSQL answers nobody else either:
 * whoever waits is then told so. A question that only takes long, while others are answered, goes on.
 */
export function endSilent(pool: pg.Pool, url: string, silentMs: number): void {
  const inUse = new WeakMap<pg.PoolClient, () => void>()
  let look: Promise<boolean> | undefined
  const answers = () => {
    look ??= isAnswering(url).finally(() => {
      look = undefined
    })
    return look
  }
  pool.on('acquire', (client) => {
    const stream = socketOf(client)
    const silent = async () => {
      const isThere = await answers()
      if (inUse.get(client) !== silent) return
      if (isThere) stream.setTimeout(silentMs, silent)
      else stream.destroy()
    }
    inUse.set(client, silent)
    stream.setTimeout(silentMs, silent)
  })
  pool.on('release', (_, client) => {
    const silent = inUse.get(client)
    inUse.delete(client)
    if (silent) socketOf(client).setTimeout(0, silent)
  })
}

async function isAnswering(url: string): Promise<boolean> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: LOOK_MS,
    query_timeout: LOOK_MS,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('SELECT 1')
    return true
  } catch (error) {
    // also one that says that all connections are taken is an answer
    return error instanceof pg.DatabaseError
  } finally {
    void client.end().catch(() => {})
  }
}

/** What a client has for it, though its types do not say so. */
const socketOf = (client: pg.PoolClient) =>
  (client as unknown as { connection: { stream: Socket } }).connection.stream
