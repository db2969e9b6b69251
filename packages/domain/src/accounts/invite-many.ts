import type { Id } from '@parley/protocol'
import { z } from 'zod'
import { permitted } from '../access.ts'
import { command } from '../command.ts'
import type { Role } from '../permissions.ts'
import { zCsv } from './invitations/csv.ts'
import { invitedAudit } from './invitations/invited-audit.ts'
import { type Judged, judgeRows } from './invitations/judge.ts'
import { readInviteRows } from './invitations/read-rows.ts'
import { sendInvitations } from './invitations/send-invitations.ts'

export type InvitedMany = {
  invited: { person: Id; name: string; email: string; role: Role }[]
  /** Rows that were left out, and why. */
  skipped: Judged[]
}

/** Invites everybody in a CSV file who can be: judged again, as the preview did, at this moment. */
export const inviteMany = command({
  name: 'account.inviteMany',
  input: z.strictObject({ csv: zCsv }),
  access: permitted('people.manage'),
  limit: 'administration',
  tokens: 'never',
  audit: ({ result }: { result: InvitedMany }) => result.invited.map(invitedAudit),
  async run({ tx, scope: { me }, deps, tell }, { csv }): Promise<InvitedMany> {
    const judged = await judgeRows(tx, me, readInviteRows(csv))
    const fine = judged.filter((row) => row.verdict === 'fine')
    const sent = await sendInvitations({ tx, me, deps, tell }, fine)
    return {
      invited: sent.map(({ person, invitee: { name, email, role } }) => ({ person, name, email, role })),
      skipped: judged.filter((row) => row.verdict !== 'fine'),
    }
  },
})
