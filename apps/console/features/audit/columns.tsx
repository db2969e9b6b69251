import { Badge, type Column, Timestamp } from '@parley/ui'
import { type AuditEvent, actorName } from './words.ts'

export const auditColumns: readonly Column<AuditEvent>[] = [
  { id: 'at', header: 'When', width: '12rem', always: true, cell: (event) => <Timestamp at={event.at} /> },
  {
    id: 'actor',
    header: 'Who',
    width: '10rem',
    from: 'sm',
    cell: (event) => <span className="truncate text-strong">{actorName(event)}</span>,
  },
  {
    id: 'what',
    header: 'What',
    always: true,
    cell: (event) => (
      <span className="truncate">
        {event.says} <span className="text-strong">{event.entity.name || event.entity.id}</span>
      </span>
    ),
  },
  {
    id: 'result',
    header: 'Result',
    width: '7rem',
    from: 'sm',
    cell: (event) =>
      event.result === 'refused' ? <Badge tone="danger">Refused</Badge> : <Badge>Done</Badge>,
  },
  {
    id: 'address',
    header: 'From',
    width: '10rem',
    from: 'lg',
    cell: (event) => <span className="truncate font-mono text-xs">{event.address || '—'}</span>,
  },
  {
    id: 'action',
    header: 'Action',
    width: '14rem',
    hiddenAtFirst: true,
    cell: (event) => <code className="truncate text-xs">{event.action}</code>,
  },
]
