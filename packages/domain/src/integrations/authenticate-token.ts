import type { Id } from '@parley/protocol'
import type { TokenActor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { SCOPES, type Scope } from '../scopes.ts'
import { fingerprint } from '../sessions/opaque.ts'
import { isStale } from './remember-use.ts'
import { isSecret } from './secret.ts'
import { tokenState } from './token-state.ts'
import { countWrongSecret } from './wrong-secret.ts'

type Row = {
  id: Id
  person_id: Id
  name: string
  scopes: string[]
  expires_at: Date | null
  revoked_at: Date | null
  last_used_at: Date | null
}

/**
 * Who a bearer token is: one query by its hash, so that how long it takes tells nothing about tokens that exist.
 * Null when it is unknown, expired or revoked, or when its bot or whoever made it (and has seen it) was shut out.
 * @throws ParleyError('too_many') for an address that presents many of those
 */
export async function authenticateToken(
  deps: Pick<Deps, 'db' | 'now' | 'limiter'>,
  token: string,
  address: string,
): Promise<TokenActor | null> {
  const now = deps.now()
  const row = isSecret(token) ? await find(deps, token) : undefined
  if (!row || tokenState(row, now) !== 'live') {
    await countWrongSecret(deps, address)
    return null
  }
  if (isStale(row.last_used_at, now))
    await deps.db.sql`UPDATE api_tokens SET last_used_at = ${now} WHERE id = ${row.id}`
  return {
    ...{ kind: 'token', id: row.person_id, name: row.name, token: row.id, address },
    scopes: row.scopes.filter((scope): scope is Scope => Object.hasOwn(SCOPES, scope)),
  }
}

async function find({ db }: Pick<Deps, 'db'>, token: string): Promise<Row | undefined> {
  const [row] = await db.sql<Row>`
    SELECT t.id, t.person_id, p.name, t.scopes, t.expires_at, t.revoked_at, t.last_used_at
    FROM api_tokens t JOIN people p ON p.id = t.person_id JOIN people c ON c.id = t.created_by
    WHERE t.hash = ${fingerprint(token)} AND p.status = 'active' AND c.status = 'active'`
  return row
}
