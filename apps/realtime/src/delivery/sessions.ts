import type { Database } from '@parley/db'
import { type StandingSession, standingSessions } from '@parley/db/queries/delivery/standing-sessions'
import { batched } from '@parley/domain/batched'
import type { Role } from '@parley/domain/permissions'
import type { Id } from '@parley/protocol'
import type { Connection } from '../gateway/connection.ts'
import { BOUNDS } from './bounds.ts'

export type Sessions = {
  /** Whose session it is by now, or undefined when it no longer stands. */
  standing(session: Id): Promise<StandingSession | undefined>
  /** Looks whether sessions still stand; closes those that do not, and takes over a changed name or role. */
  check(connections: Iterable<Connection>, end: (connection: Connection) => void): Promise<void>
}

export function sessions(db: Database): Sessions {
  const asked = () =>
    batched<Id, StandingSession | undefined>(BOUNDS.asked, async (ids) => {
      const found = await standingSessions(db.connection, ids)
      const standing = new Map(found.map((one) => [one.session, one]))
      return ids.map((id) => standing.get(id))
    })
  // tens of thousands are checked at once: whoever is at the door does not wait behind them
  const ask = asked()
  return {
    standing: asked(),
    async check(connections, end) {
      await Promise.all(
        [...connections].map(async (connection) => {
          if (connection.stage.at !== 'inside') return
          const { actor } = connection.stage
          const standing = await ask(actor.session)
          if (!standing) end(connection)
          else Object.assign(actor, { name: standing.name, role: standing.role as Role })
        }),
      )
    },
  }
}
