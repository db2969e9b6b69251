import { type Preview, previewRetention } from '@parley/db/queries/retention/preview'
import { zId } from '@parley/protocol'
import { z } from 'zod'
import { permitted } from '../access.ts'
import { query } from '../command.ts'
import { cutoffOf, cutoffsOf } from './cutoffs.ts'
import { type Policies, readPolicies } from './policies.ts'
import { zRetention } from './set-policy.ts'

export type { Going, GoingPart, Preview } from '@parley/db/queries/retention/preview'

/**
 * What the next run would remove if this were saved: for the organisation (`conversation` null), everything that its
 * policy decides over, without the channels that have their own; for a channel, what is in it.
 */
export const preview = query({
  name: 'retention.preview',
  input: z.strictObject({ conversation: zId.nullable(), keep: zRetention }),
  access: permitted('retention.read'),
  limit: 'administration',
  tokens: 'never',
  async run({ deps, tx }, { conversation, keep }): Promise<Preview> {
    const now = deps.now()
    const policies = await readPolicies(tx.sql)
    const days = keep === 'organisation' ? policies.organisation : keep
    const cutoffs = conversation
      ? { organisation: null, own: [{ conversation, cutoff: cutoffOf(now, days) }] }
      : cutoffsOf(now, keptElsewhere(policies, days))
    return previewRetention(tx.connection, cutoffs, conversation)
  },
})

const keptElsewhere = (policies: Policies, organisation: number | null): Policies => ({
  organisation,
  own: new Map([...policies.own.keys()].map((channel) => [channel, null])),
})
