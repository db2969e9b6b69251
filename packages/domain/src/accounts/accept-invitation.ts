import { LIMITS, ParleyError } from '@parley/protocol'
import { z } from 'zod'
import { anyone } from '../access.ts'
import { addressOf } from '../actor.ts'
import { command } from '../command.ts'
import { joinForEveryone } from '../conversations/join-for-everyone.ts'
import { oneLine } from '../one-line.ts'
import { startSession, zFrom } from '../sessions/start-session.ts'
import { openInvitation } from './invitations/open-invitation.ts'
import { hashPassword } from './passwords/argon.ts'
import { requireStrong, zPassword } from './passwords/password.ts'
import type { SignedIn } from './sign-in.ts'
import { startedAudit } from './sign-in-audit.ts'

/** Uses an invitation: the person chooses a name and a password, joins the channels that are for everyone, and is signed in. */
export const acceptInvitation = command({
  name: 'account.acceptInvitation',
  input: z.strictObject({
    token: z.string().max(100),
    name: oneLine(LIMITS.personName),
    password: zPassword,
    ...zFrom,
  }),
  access: anyone('whoever holds the link was sent it'),
  limit: 'door',
  tokens: 'never',
  audit: ({ result }: { result: SignedIn }) => [
    {
      action: 'person.invitation_accepted',
      by: { id: result.person, name: result.name, session: result.session },
      entity: { kind: 'person', id: result.person, name: result.name },
    },
    startedAudit(result, 'invitation'),
  ],
  async run(context, { token, name, password, device, agent }): Promise<SignedIn> {
    const { tx, actor, deps } = context
    const now = deps.now()
    const { id, person, email } = await openInvitation(tx, token, now)
    await requireStrong(tx.sql, password, { email, name })
    const [mine] = await tx.sql<{ id: string }>`
      UPDATE invitations SET accepted_at = ${now} WHERE id = ${id} AND accepted_at IS NULL RETURNING id`
    if (!mine) throw new ParleyError('gone', 'This invitation was used a moment ago.')
    const hash = await hashPassword(password)
    const [invited] = await tx.sql<{ id: string }>`
      UPDATE people SET name = ${name}, password_hash = ${hash}, status = 'active', failed_attempts = 0, locked_until = NULL
      WHERE id = ${person} AND status = 'invited' RETURNING id`
    if (!invited) throw new ParleyError('gone', 'This invitation was withdrawn a moment ago.')
    await joinForEveryone(context, person)
    const start = { person, method: 'invitation', device, agent, address: addressOf(actor) } as const
    return { ...(await startSession(tx, deps, start)), name }
  },
})
