import { zId } from '@parley/protocol'
import { z } from 'zod'
import { signedIn } from '../access.ts'
import { query } from '../command.ts'
import type { PersonCard } from './cards.ts'

/** Cards of people by id: at most 500 at a time, in no order; ids of nobody are left out. */
export const peopleByIds = query({
  name: 'people.byIds',
  input: z.strictObject({ ids: z.array(zId).max(500) }),
  access: signedIn,
  limit: 'read',
  tokens: 'people:read',
  run: ({ tx }, { ids }): Promise<PersonCard[]> =>
    tx.sql<PersonCard>`SELECT id, name, title, kind, status FROM people WHERE id = ANY (${ids}::bigint[])`,
})
