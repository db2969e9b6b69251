import type { Id } from '@parley/protocol'
import type { Queryable } from '../../sql.ts'

export type StandingSession = { session: Id; name: string; role: string }

/** Those of the sessions that are neither over nor revoked and whose person is active, with who that is by now. */
export async function standingSessions(connection: Queryable, sessions: Id[]): Promise<StandingSession[]> {
  const { rows } = await connection.query<StandingSession>({
    name: 'standing_sessions',
    text: 'SELECT session, name, role FROM standing_sessions($1)',
    values: [sessions],
  })
  return rows
}
