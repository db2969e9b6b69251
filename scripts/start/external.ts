import { connect } from 'node:net'
import { closeRedis, openRedis, RedisUnreachable } from '@parley/adapters/redis'
import { CannotStart } from '@parley/devstack'
import pg from 'pg'

/** Parts of the organisation's own: asked once, so that a wrong address is a sentence now and not a riddle later. */
const ANSWER_MS = 5_000
const OLDEST_POSTGRES = 15

export async function reachDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: ANSWER_MS })
  client.on('error', () => {}) // told by the query that it interrupts
  try {
    await client.connect()
    const { rows } = await client.query<{ major: number }>(
      `SELECT current_setting('server_version_num')::int / 10000 AS major`,
    )
    const major = rows[0]?.major ?? 0
    if (major < OLDEST_POSTGRES) {
      throw new CannotStart(
        `DATABASE_URL leads to PostgreSQL ${major}: Parley needs ${OLDEST_POSTGRES} or newer.`,
      )
    }
  } catch (error) {
    if (error instanceof CannotStart) throw error
    throw new CannotStart(`DATABASE_URL does not lead to a database that lets us in: ${reason(error)}.`)
  } finally {
    await client.end().catch(() => {})
  }
}

/** Through the door that every process takes: what is wrong is told in the same words. */
export async function reachRedis(url: string): Promise<void> {
  try {
    await closeRedis(await openRedis(url, { name: 'start', log: { info() {}, warn() {}, error() {} } }))
  } catch (error) {
    throw error instanceof RedisUnreachable ? new CannotStart(error.message) : error
  }
}

export async function reachStore(endpoint: string): Promise<void> {
  try {
    await fetch(endpoint, { signal: AbortSignal.timeout(ANSWER_MS), redirect: 'manual' })
  } catch (error) {
    throw new CannotStart(`S3_ENDPOINT does not answer: ${reason((error as Error).cause ?? error)}.`)
  }
}

export function reachMail(url: string): Promise<void> {
  const { hostname, port, protocol } = new URL(url)
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const socket = connect(Number(port || (protocol === 'smtps:' ? 465 : 587)), hostname)
  const fail = (why: string) => reject(new CannotStart(`SMTP_URL does not answer: ${why}.`))
  socket.setTimeout(ANSWER_MS, () => fail('no connection within 5 s'))
  socket.once('connect', () => resolve())
  socket.once('error', (error) => fail(reason(error)))
  return promise.finally(() => socket.destroy())
}

function reason(error: unknown): string {
  const { code, message, errors } = error as { code?: string; message?: string; errors?: Error[] }
  const text = message || errors?.[0]?.message || code || String(error)
  return text.replace(/\.$/, '')
}
