import type { Id } from '@parley/protocol'
import { z } from 'zod'
import { anyone } from '../access.ts'
import { query } from '../command.ts'

/** The providers that the sign-in page offers. */
export const signOnOptions = query({
  name: 'identity.signOnOptions',
  input: z.strictObject({}),
  access: anyone('the sign-in page offers them before anybody is known'),
  limit: 'read',
  tokens: 'never',
  run: ({ tx }): Promise<{ id: Id; name: string }[]> =>
    tx.sql`SELECT id, name FROM identity_providers WHERE enabled ORDER BY name, id`,
})
