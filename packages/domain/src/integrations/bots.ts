import type { Tx } from '@parley/db'
import { type Id, LIMITS, ParleyError } from '@parley/protocol'
import { z } from 'zod'
import type { AuditRecord } from '../audit-log.ts'
import { oneLine, oneLineOrNothing } from '../one-line.ts'

/** A bot is a person without an address: it never signs in, and is always a member. Only its tokens act. */
export type Bot = { id: Id; name: string; title: string }

export const zNewBot = z.strictObject({
  name: oneLine(LIMITS.personName),
  title: oneLineOrNothing(LIMITS.personName).optional(),
})

export async function makeBot(
  tx: Pick<Tx, 'sql'>,
  { name, title = '', id, now }: z.infer<typeof zNewBot> & { id: Id; now: Date },
): Promise<Bot> {
  const [taken] = await tx.sql`
    SELECT FROM people WHERE kind = 'bot' AND lower(name) = lower(${name}) AND status <> 'deactivated' LIMIT 1`
  if (taken) throw new ParleyError('conflict', `There is a bot named ${name} already.`, { field: 'name' })
  await tx.sql`
    INSERT INTO people (id, name, title, kind, role, status, created_at)
    VALUES (${id}, ${name}, ${title}, 'bot', 'member', 'active', ${now})`
  return { id, name, title }
}

export const botCreated = ({ id, name, title }: Bot): AuditRecord => ({
  action: 'bot.created',
  entity: { kind: 'person', id, name },
  after: { name, title },
})

/** An active bot, held until the act is over, so that it is not shut out meanwhile. */
export async function heldBot(tx: Pick<Tx, 'sql'>, id: Id): Promise<Bot> {
  const [bot] = await tx.sql<Bot & { status: string }>`
    SELECT id, name, title, status FROM people WHERE id = ${id} AND kind = 'bot' FOR KEY SHARE`
  if (!bot) throw new ParleyError('not_found', 'There is no such bot.')
  if (bot.status !== 'active')
    throw new ParleyError('conflict', `${bot.name} is deactivated. Reactivate it first, or make another bot.`)
  return { id: bot.id, name: bot.name, title: bot.title }
}
