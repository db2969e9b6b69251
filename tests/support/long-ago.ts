import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { idAt } from '@parley/protocol'
import pg from 'pg'
import { suite } from './suite.ts'

const DAY_MS = 86_400_000

/**
 * Messages of days past, which nobody can send: written where the running suite keeps them, through the same function
 * that every message goes through. Clients that are open hear of them with the next message.
 */
export async function saidLongAgo(
  conversation: string,
  sender: string,
  messages: { daysAgo: number; text: string }[],
): Promise<void> {
  const { DATABASE_URL } = JSON.parse(readFileSync(path.join(suite.home, 'environment.json'), 'utf8'))
  const client = new pg.Client(DATABASE_URL)
  await client.connect()
  try {
    for (const [i, { daysAgo, text }] of messages.entries()) {
      const at = Date.now() - daysAgo * DAY_MS
      await client.query('SELECT ensure_message_partitions($1, $1)', [new Date(at)])
      await client.query(
        `SELECT send_messages($1, '{1}', '{1}', '{1}', $2, $3, $4, '{NULL}', $5, '{}', '{}')`,
        [[conversation], [sender], [randomUUID()], [idAt(at, 1, i)], [text]],
      )
    }
  } finally {
    await client.end()
  }
}
