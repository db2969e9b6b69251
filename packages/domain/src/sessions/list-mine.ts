import { z } from 'zod'
import { signedInPerson } from '../access.ts'
import { query } from '../command.ts'
import { runningSessions, type SessionView } from './running.ts'

/** Where I am signed in: sessions and their devices, this one marked. */
export const listMySessions = query({
  name: 'session.listMine',
  input: z.strictObject({}),
  access: signedInPerson,
  limit: 'read',
  tokens: 'never',
  async run({ tx, scope, deps }): Promise<(SessionView & { current: boolean })[]> {
    const sessions = await runningSessions(tx, scope.me.id, deps.now())
    return sessions.map((session) => ({ ...session, current: session.id === scope.me.session }))
  },
})
