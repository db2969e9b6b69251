import type { PersonActor } from '@parley/domain/actor'
import type { Role } from '@parley/domain/permissions'
import { type StartedSession, startSession } from '@parley/domain/sessions/start-session'
import type { TestDeps } from './deps.ts'

export type Someone = PersonActor & { email: string; tokens: StartedSession }

const AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

/** A person who is signed in on one device, as the actor of commands: `await someone(world, 'dan', 'administrator')`. */
export async function someone(
  { deps }: Pick<TestDeps, 'deps'>,
  name: string,
  role: Role = 'member',
): Promise<Someone> {
  const id = deps.newId()
  const email = `${name}@example.org`
  await deps.db.sql`
    INSERT INTO people (id, email, name, role, status, created_at) VALUES (${id}, ${email}, ${name}, ${role}, 'active', ${deps.now()})`
  return { ...(await onAnotherDevice({ deps }, { id, name, role })), email }
}

/** The same person, signed in on one more device. */
export async function onAnotherDevice(
  { deps }: Pick<TestDeps, 'deps'>,
  { id, name, role }: Pick<PersonActor, 'id' | 'name' | 'role'>,
): Promise<Someone> {
  const address = '192.0.2.1'
  const start = { person: id, method: 'password', device: null, agent: AGENT, address } as const
  const tokens = await deps.db.transaction((tx) => startSession(tx, deps, start))
  const { session, deviceId: device } = tokens
  return { kind: 'person', id, name, role, session, device, address, email: `${name}@example.org`, tokens }
}
