import { ParleyError, zId } from '@parley/protocol'
import { z } from 'zod'
import { command } from '../command.ts'
import { type Managed, managed } from '../people/managed.ts'
import { invitedAudit } from './invitations/invited-audit.ts'
import { sendInvitations } from './invitations/send-invitations.ts'
import type { InvitedPerson } from './invite.ts'

/** Sends somebody who is invited a new link; the earlier one no longer holds. */
export const resendInvitation = command({
  name: 'account.resendInvitation',
  input: z.strictObject({ person: zId }),
  access: managed('people.manage'),
  limit: 'invitation',
  tokens: 'never',
  audit: ({ result }: { scope: Managed; result: InvitedPerson }) => invitedAudit(result),
  async run({ tx, scope: { me, person }, deps, tell }): Promise<InvitedPerson> {
    const { id, name, email, role, status, kind } = person
    if (kind !== 'person' || !email || (status !== 'invited' && status !== 'imported'))
      throw new ParleyError('conflict', `${name} is not waiting for an invitation.`)
    const [before] = await tx.sql<{ imported: boolean }>`
      SELECT import_key IS NOT NULL AS imported FROM people WHERE id = ${id}`
    const invitee = { email, name, title: '', role }
    const [sent] = await sendInvitations({ tx, me, deps, tell }, [{ invitee, person: id }])
    return { person: id, name, email, role, link: before!.imported ? null : sent!.link }
  },
})
