import { z } from 'zod'
import { anyone } from '../access.ts'
import { query } from '../command.ts'

export type SetupState = { needed: boolean; organisation: string | null }

/** Whether this installation has an owner yet, and whose it is: the sign-in page asks before anybody is known. */
export const setupState = query({
  name: 'organisation.setupState',
  input: z.strictObject({}),
  access: anyone('the sign-in page shows the name, or leads to set-up, before anybody is known'),
  limit: 'read',
  tokens: 'never',
  async run({ tx }): Promise<SetupState> {
    const [row] = await tx.sql<{ owned: boolean; name: string | null }>`
      SELECT EXISTS (SELECT FROM people WHERE role = 'owner') AS owned, (SELECT name FROM organisation LIMIT 1) AS name`
    return { needed: !row!.owned, organisation: row!.name }
  },
})
