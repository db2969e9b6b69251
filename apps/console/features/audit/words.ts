import type { Inputs, Outputs } from '../api/trpc.ts'

export type AuditEvent = Outputs['audit']['list']['items'][number]
export type AuditFilter = Inputs['exports']['request']['filter']
export type Export = Outputs['exports']['list']['items'][number]
export type Format = Export['format']

export const FORMAT_NAMES = { csv: 'CSV', jsonl: 'JSON Lines' } as const satisfies Record<Format, string>
export const FORMAT_HINTS = {
  csv: 'For a spreadsheet. What a spreadsheet would take for a formula is made harmless.',
  jsonl: 'For programs: one event a line, nothing shortened.',
} as const satisfies Record<Format, string>

export const RESULTS = ['done', 'refused'] as const
export const RESULT_NAMES = { done: 'Done', refused: 'Refused' } as const satisfies Record<
  (typeof RESULTS)[number],
  string
>

export const actorName = ({ actor }: AuditEvent): string =>
  actor.kind === 'system' ? `Parley (${actor.name})` : actor.name || 'Somebody'

/** "person.role_changed" as "Person role changed". */
export const actionName = (action: string): string => {
  const words = action.replaceAll(/[._]/g, ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** A value of before or after, short enough for a line. */
export const valueInWords = (value: unknown): string =>
  typeof value === 'string' ? value : value === null || value === undefined ? '—' : JSON.stringify(value)
