import type { AuditFilter } from '@parley/db/queries/audit/audit-filter'
import { zId } from '@parley/protocol'
import { z } from 'zod'
import { AUDIT_ACTIONS, type AuditAction } from '../audit-actions.ts'
import { literally } from '../people/literally.ts'
import { storableText } from '../storable-text.ts'

export const AUDIT_ACTION_NAMES = Object.keys(AUDIT_ACTIONS) as AuditAction[]
const zTime = z.int().min(0).max(8_640_000_000_000_000)

/** What the list and the export take. Times in Unix milliseconds; `to` is exclusive. */
export const zAuditFilter = z.strictObject({
  actor: zId.optional(),
  actions: z
    .array(z.enum(AUDIT_ACTION_NAMES as [AuditAction, ...AuditAction[]]))
    .min(1)
    .max(AUDIT_ACTION_NAMES.length)
    .optional(),
  entity: z.strictObject({ kind: storableText(40), id: storableText(200).optional() }).optional(),
  result: z.enum(['done', 'refused']).optional(),
  from: zTime.optional(),
  to: zTime.optional(),
  text: storableText(200).trim().optional(),
  /** With the reads of the log itself, which are left out otherwise. */
  reads: z.boolean().optional(),
})
export type AuditQuestion = z.infer<typeof zAuditFilter>

export const toFilter = ({ text, ...rest }: AuditQuestion): AuditFilter => ({
  ...rest,
  text: text ? `%${literally(text)}%` : undefined,
})
