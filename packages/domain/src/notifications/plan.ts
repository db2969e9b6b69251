import { whomToTell } from '@parley/db/queries/notifications/whom-to-tell'
import { zId } from '@parley/protocol'
import { z } from 'zod'
import { systemOnly } from '../access.ts'
import { command } from '../command.ts'
import { readSettings } from '../settings/read.ts'

const version = z.int().min(0)

/**
 * Decides who is to be told of what was sent in these versions, for the worker behind the message path. One row a person
 * and message, however often it runs; whoever reads the message before the wait is over is not told.
 */
export const planNotifications = command({
  name: 'notifications.plan',
  input: z.strictObject({ changes: z.array(z.tuple([zId, version, version])) }),
  access: systemOnly,
  limit: 'none',
  tokens: 'never',
  audit: { none: 'each notification keeps its own trace' },
  async run({ tx, deps, tell }, { changes }): Promise<{ planned: number }> {
    if (changes.length === 0) return { planned: 0 }
    const whom = await whomToTell(tx.connection, changes)
    if (whom.length === 0) return { planned: 0 }
    const settings = await readSettings(tx.sql)
    const rows = whom.map((one) => ({ id: deps.newId(), ...one }))
    const planned = await tx.sql<{ id: string }>`
      INSERT INTO notifications (id, person_id, conversation_id, message_id, seq, reason, created_at, updated_at)
      SELECT r.id, r.person, r.conversation, r.message, r.seq, r.reason, ${deps.now()}::timestamptz, ${deps.now()}::timestamptz
      FROM json_to_recordset(${JSON.stringify(rows)}::json)
        AS r(id bigint, person bigint, conversation bigint, message bigint, seq int, reason text)
      ORDER BY r.person, r.message
      ON CONFLICT (person_id, message_id) DO NOTHING RETURNING id`
    const delayMs = settings['notifications.pushSeconds'] * 1_000
    for (const { id } of planned)
      tell.job({ name: 'notification.deliver', payload: { notification: id }, delayMs })
    return { planned: planned.length }
  },
})
