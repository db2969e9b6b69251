import { ParleyError } from '@parley/protocol'
import { z } from 'zod'
import { signedInPerson } from '../access.ts'
import type { PersonActor } from '../actor.ts'
import { command } from '../command.ts'
import { Refusal } from '../refusal.ts'
import { endSessions } from '../sessions/end-sessions.ts'
import { hashPassword, verifyPassword } from './passwords/argon.ts'
import { requireStrong, zPassword } from './passwords/password.ts'

type Changed = { ended: number }

/**
 * Changes my password, and signs me out everywhere but here: whoever knew the old one is out. The old one is tried
 * no more often than at the door: whoever holds a stolen session has not found a way to guess it.
 */
export const changePassword = command({
  name: 'account.changePassword',
  input: z.strictObject({ current: zPassword, next: zPassword }),
  access: signedInPerson,
  limit: 'signIn',
  tokens: 'never',
  audit: ({ scope: { me }, result }: { scope: { me: PersonActor }; result: Changed | Refusal }) => ({
    action: 'person.password_changed',
    entity: { kind: 'person', id: me.id, name: me.name },
    ...(result instanceof Refusal
      ? { after: { reason: 'the current password was wrong' }, result: 'refused' }
      : { after: { sessionsEnded: result.ended } }),
  }),
  async run({ tx, scope: { me }, deps, tell }, { current, next }): Promise<Changed | Refusal> {
    const wait = await deps.limiter.take('ownDevice', me.device)
    if (wait !== null)
      throw new ParleyError(
        'too_many',
        `Too many tries on this device. Try again in ${Math.ceil(wait / 60)} minutes.`,
        {
          retryAfter: wait,
        },
      )
    const [row] = await tx.sql<{ email: string | null; name: string; password_hash: string | null }>`
      SELECT email, name, password_hash FROM people WHERE id = ${me.id} FOR NO KEY UPDATE`
    if (!row?.password_hash)
      throw new ParleyError(
        'conflict',
        'You sign in through your organisation: your password is not kept here.',
      )
    if (!(await verifyPassword(row.password_hash, current)))
      return new Refusal('wrong_credentials', null, { message: 'The current password is not right.' })
    await requireStrong(tx.sql, next, row, 'next')
    await tx.sql`UPDATE people SET password_hash = ${await hashPassword(next)} WHERE id = ${me.id}`
    const which = { person: me.id, except: me.session }
    const ended = await endSessions(tx, tell, which, 'password changed', deps.now())
    return { ended: ended.length }
  },
})
