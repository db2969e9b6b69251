import { z } from 'zod'
import { permitted } from '../access.ts'
import { query } from '../command.ts'
import { zCsv } from './invitations/csv.ts'
import { type Judged, judgeRows } from './invitations/judge.ts'
import { readInviteRows } from './invitations/read-rows.ts'

export type InvitationPreview = { rows: Judged[]; fine: number; duplicate: number; bad: number }

/** What `account.inviteMany` would do with this file: each row fine, duplicate or bad, and why. */
export const previewInvitations = query({
  name: 'account.previewInvitations',
  input: z.strictObject({ csv: zCsv }),
  access: permitted('people.manage'),
  limit: 'administration',
  tokens: 'never',
  async run({ tx, scope: { me } }, { csv }): Promise<InvitationPreview> {
    const rows = await judgeRows(tx, me, readInviteRows(csv))
    const count = (verdict: Judged['verdict']) => rows.filter((row) => row.verdict === verdict).length
    return { rows, fine: count('fine'), duplicate: count('duplicate'), bad: count('bad') }
  },
})
