import { type Id, ParleyError } from '@parley/protocol'
import type { TokenActor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { fingerprint } from '../sessions/opaque.ts'
import { isStale } from './remember-use.ts'
import { isSecret } from './secret.ts'
import { countWrongSecret } from './wrong-secret.ts'

/** As whom, and where, a webhook posts: a token that may do nothing but write. */
export type OpenWebhook = { actor: TokenActor; conversation: Id }
type Row = { person_id: Id; conversation_id: Id; name: string; last_used_at: Date | null }

/**
 * What an address of a webhook opens, within the webhook's own rate limit. What is unknown, revoked, or whose bot or
 * maker was shut out looks absent.
 * @throws ParleyError('not_found'), ParleyError('too_many')
 */
export async function openWebhook(
  deps: Pick<Deps, 'db' | 'now' | 'limiter'>,
  { id, secret, address }: { id: string; secret: string; address: string },
): Promise<OpenWebhook> {
  const row = isSecret(secret) ? await find(deps, id, secret) : undefined
  if (!row) {
    await countWrongSecret(deps, address)
    throw new ParleyError('not_found', 'There is no such webhook, or it was revoked.')
  }
  const wait = await deps.limiter.take('webhook', id)
  if (wait !== null)
    throw new ParleyError('too_many', `This webhook posts too often. Try again in ${wait} s.`, {
      retryAfter: wait,
    })
  const now = deps.now()
  if (isStale(row.last_used_at, now))
    await deps.db.sql`UPDATE incoming_webhooks SET last_used_at = ${now} WHERE id = ${id}`
  return {
    actor: {
      kind: 'token',
      id: row.person_id,
      name: row.name,
      token: id,
      scopes: ['messages:write'],
      address,
    },
    conversation: row.conversation_id,
  }
}

/** By the hash of its secret; the id is only text until it is found equal. */
async function find({ db }: Pick<Deps, 'db'>, id: string, secret: string): Promise<Row | undefined> {
  const [row] = await db.sql<Row>`
    SELECT w.person_id, w.conversation_id, p.name, w.last_used_at
    FROM incoming_webhooks w JOIN people p ON p.id = w.person_id JOIN people c ON c.id = w.created_by
    WHERE w.hash = ${fingerprint(secret)} AND w.id::text = ${id} AND w.revoked_at IS NULL
      AND p.status = 'active' AND c.status = 'active'`
  return row
}
