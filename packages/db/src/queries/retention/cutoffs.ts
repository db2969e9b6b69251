import type { Id } from '@parley/protocol'

/**
 * Up to which message each conversation is to be emptied: those with an id below the cut-off go; null keeps all.
 * Conversations without a policy of their own follow the organisation's.
 */
export type Cutoffs = { organisation: Id | null; own: { conversation: Id; cutoff: Id | null }[] }

/** The three parameters that CUTOFF and OWN_CUTOFFS speak of. */
export const cutoffValues = ({ organisation, own }: Cutoffs): unknown[] => [
  organisation,
  own.map((one) => one.conversation),
  own.map((one) => one.cutoff),
]

/** Joins `conversations c` with the cut-offs of those that have their own. Takes $1 to $3. */
export const OWN_CUTOFFS =
  'LEFT JOIN unnest($2::bigint[], $3::bigint[]) AS own(conversation, cutoff) ON own.conversation = c.id'
export const CUTOFF = 'CASE WHEN own.conversation IS NULL THEN $1::bigint ELSE own.cutoff END'
