import { type Preview, previewRetention } from '@parley/db/queries/retention/preview'
import { z } from 'zod'
import { permitted } from '../access.ts'
import { query } from '../command.ts'
import { cutoffsOf } from './cutoffs.ts'
import { readPolicies } from './policies.ts'

/** What a run would remove if it began now, under all policies as they are saved. */
export const due = query({
  name: 'retention.due',
  input: z.strictObject({}),
  access: permitted('retention.read'),
  limit: 'administration',
  tokens: 'never',
  async run({ deps, tx }): Promise<Preview> {
    return previewRetention(tx.connection, cutoffsOf(deps.now(), await readPolicies(tx.sql)))
  },
})
