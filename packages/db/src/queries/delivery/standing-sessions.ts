import type { Id } from '@parley/protocol'
import type { Queryable } from '../../sql.ts'

export type StandingSession = { session: Id; name: string; role: string }

/** Those of the sessions that are neither over nor revoked and whose person is active, with who that is by now. */
export async function standingSessions(connection: Queryable, sessions: Id[]): Promise<StandingSession[]> {
  const { rows } = await connection.query<StandingSession>({
    name: 'standing_sessions',
    text: `
      SELECT s.id AS session, p.name, p.role FROM sessions s JOIN people p ON p.id = s.person_id
      WHERE s.id = ANY ($1::bigint[]) AND s.revoked_at IS NULL AND s.expires_at > now() AND p.status = 'active'`,
    values: [sessions],
  })
  return rows
}
