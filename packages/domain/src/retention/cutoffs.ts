import type { Cutoffs } from '@parley/db/queries/retention/cutoffs'
import { type Id, idAt } from '@parley/protocol'
import type { Policies } from './policies.ts'

const DAY_MS = 86_400_000

/** Messages with an id below it were sent more than `days` days before `now`. Null: none. */
export const cutoffOf = (now: Date, days: number | null): Id | null =>
  days === null ? null : idAt(now.getTime() - days * DAY_MS, 0, 0)

export const cutoffsOf = (now: Date, { organisation, own }: Policies): Cutoffs => ({
  organisation: cutoffOf(now, organisation),
  own: [...own].map(([conversation, days]) => ({ conversation, cutoff: cutoffOf(now, days) })),
})

/** The cut-off of one conversation: its own, else the organisation's. */
export const cutoffIn = (now: Date, { organisation, own }: Policies, conversation: Id): Id | null =>
  cutoffOf(now, own.has(conversation) ? own.get(conversation)! : organisation)
