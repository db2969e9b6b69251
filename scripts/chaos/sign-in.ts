import { openSecrets } from '@parley/adapters/secrets'
import { cookieNames } from '@parley/api/http/cookies'
import type { Database } from '@parley/db'
import { startSession } from '@parley/domain/sessions/start-session'
import type { Id } from '@parley/protocol'
import { SECRET, WEB } from './stage/environment.ts'

/** By name. */
export type Cookies = Record<string, string>

/** Sessions and devices of one run are numbered. */
let lastId = 1_000_000

/**
 * Begins a session of a person on a new device, as signing in does once the password was right: what the browser keeps
 * of it. Its access token ends within `ms`, at another moment for each, so that it is renewed while things go wrong.
 */
export async function signIn(db: Database, person: Id, ms: number): Promise<Cookies> {
  const deps = { newId: () => String(++lastId), now: () => new Date(), secrets: openSecrets(SECRET) }
  const start = { person, method: 'password', device: null, agent: 'chaos', address: '192.0.2.1' } as const
  const { session, access, refresh, device } = await db.transaction((tx) => startSession(tx, deps, start))
  await db.sql`
    UPDATE sessions SET access_expires_at = now() + random() * ${ms}::int * interval '1 millisecond' WHERE id = ${session}`
  const names = cookieNames({ web: WEB })
  return { [names.access]: access, [names.refresh]: refresh, [names.device]: device }
}
