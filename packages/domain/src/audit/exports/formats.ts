import { csvCell } from '@parley/protocol/csv-cell'
import type { AuditEvent } from '../event.ts'

export type ExportFormat = 'csv' | 'jsonl'
export type Format = { type: string; head: string; line(event: AuditEvent): string }

const COLUMNS: [string, (event: AuditEvent) => string | null][] = [
  ['id', (e) => e.id],
  ['time', (e) => new Date(e.at).toISOString()],
  ['action', (e) => e.action],
  ['result', (e) => e.result],
  ['actor_kind', (e) => e.actor.kind],
  ['actor_id', (e) => e.actor.id],
  ['actor_name', (e) => e.actor.name],
  ['target_kind', (e) => e.entity.kind],
  ['target_id', (e) => e.entity.id],
  ['target_name', (e) => e.entity.name],
  ['address', (e) => e.address],
  ['session', (e) => e.session],
  ['before', (e) => (e.before ? JSON.stringify(e.before) : '')],
  ['after', (e) => (e.after ? JSON.stringify(e.after) : '')],
]

/** How an event is written, as CSV (RFC 4180) or as JSON Lines. */
export const FORMATS = {
  csv: {
    type: 'text/csv',
    head: `${COLUMNS.map(([name]) => name).join(',')}\r\n`,
    line: (event) => `${COLUMNS.map(([, of]) => csvCell(of(event) ?? '')).join(',')}\r\n`,
  },
  jsonl: {
    type: 'application/x-ndjson',
    head: '',
    line: ({ at, ...event }) => `${JSON.stringify({ time: new Date(at).toISOString(), ...event })}\n`,
  },
} as const satisfies Record<ExportFormat, Format>
