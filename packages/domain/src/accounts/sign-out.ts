import type { Tx } from '@parley/db'
import type { Id } from '@parley/protocol'
import { z } from 'zod'
import { anyone } from '../access.ts'
import type { Actor } from '../actor.ts'
import { command } from '../command.ts'
import { endSessions } from '../sessions/end-sessions.ts'
import { fingerprint } from '../sessions/opaque.ts'

type SignedOut = { person: { id: Id; name: string }; session: Id } | null

/** Ends the session that is asking: known by its access token, or by its refresh token once that has expired. */
export const signOut = command({
  name: 'account.signOut',
  input: z.strictObject({ refresh: z.string().max(200).nullable() }),
  access: anyone('whoever was signed out meanwhile must still be able to leave'),
  limit: 'door',
  tokens: 'never',
  audit: ({ result }: { result: SignedOut }) =>
    result && {
      action: 'session.ended',
      by: { ...result.person, session: result.session },
      entity: { kind: 'person', ...result.person },
      after: { session: result.session },
    },
  async run({ tx, actor, deps, tell }, { refresh }): Promise<SignedOut> {
    const found = fromActor(actor) ?? (refresh ? await fromRefresh(tx, refresh) : null)
    if (!found) return null
    const ended = await endSessions(tx, tell, { session: found.session }, 'signed out', deps.now())
    return ended.length > 0 ? found : null
  },
})

const fromActor = (actor: Actor): SignedOut =>
  actor.kind === 'person' ? { person: { id: actor.id, name: actor.name }, session: actor.session } : null

async function fromRefresh(tx: Pick<Tx, 'sql'>, refresh: string): Promise<SignedOut> {
  const hash = fingerprint(refresh)
  const [row] = await tx.sql<{ id: Id; name: string; session: Id }>`
    SELECT p.id, p.name, s.id AS session FROM sessions s JOIN people p ON p.id = s.person_id
    WHERE s.refresh_hash = ${hash} OR s.previous_refresh_hash = ${hash}`
  return row ? { person: { id: row.id, name: row.name }, session: row.session } : null
}
