import { z } from 'zod'
import { anyone } from '../access.ts'
import { query } from '../command.ts'
import { readSettings } from '../settings/read.ts'
import { openInvitation } from './invitations/open-invitation.ts'

export type Invitation = {
  email: string
  name: string
  organisation: string
  /** Unix milliseconds. */
  expiresAt: number
  minimumLength: number
}

/** Whether an invitation link can be used, and whose it is. */
export const lookAtInvitation = query({
  name: 'account.invitation',
  input: z.strictObject({ token: z.string().max(100) }),
  access: anyone('whoever holds the link was sent it'),
  limit: 'door',
  tokens: 'never',
  async run({ tx, deps }, { token }): Promise<Invitation> {
    const { email, name, expires_at } = await openInvitation(tx, token, deps.now())
    const [organisation] = await tx.sql<{ name: string }>`SELECT name FROM organisation LIMIT 1`
    const settings = await readSettings(tx.sql)
    return {
      email,
      name,
      organisation: organisation?.name ?? '',
      expiresAt: expires_at.getTime(),
      minimumLength: settings['passwords.minimumLength'],
    }
  },
})
