import { Avatar, Badge, type Column, Timestamp } from '@parley/ui'
import { type PersonRow, ROLE_NAMES, STATUS_NAMES, STATUS_TONES } from './words.ts'

export const peopleColumns: readonly Column<PersonRow>[] = [
  {
    id: 'name',
    header: 'Name',
    sortable: true,
    always: true,
    cell: (person) => (
      <span className="flex items-center gap-2.5">
        <Avatar id={person.id} name={person.name} size={24} decorative />
        <span className="min-w-0 truncate font-medium">{person.name}</span>
      </span>
    ),
  },
  {
    id: 'email',
    header: 'E-mail address',
    from: 'md',
    cell: (person) => person.email ?? <span className="text-muted">None</span>,
  },
  {
    id: 'title',
    header: 'Title',
    width: '9.5rem',
    from: 'lg',
    cell: (person) => person.title,
  },
  {
    id: 'role',
    header: 'Role',
    width: '8.5rem',
    from: 'sm',
    cell: (person) =>
      person.role === 'member' ? (
        ROLE_NAMES.member
      ) : (
        <strong className="font-medium text-strong">{ROLE_NAMES[person.role]}</strong>
      ),
  },
  {
    id: 'status',
    header: 'Status',
    width: '7rem',
    cell: (person) => <Badge tone={STATUS_TONES[person.status]}>{STATUS_NAMES[person.status]}</Badge>,
  },
  {
    id: 'active',
    header: 'Last active',
    width: '9.5rem',
    from: 'lg',
    sortable: true,
    cell: (person) =>
      person.lastActiveAt === null ? (
        <span className="text-muted">Never</span>
      ) : (
        <Timestamp at={person.lastActiveAt} format="relative" />
      ),
  },
  {
    id: 'created',
    header: 'Added',
    width: '12rem',
    sortable: true,
    hiddenAtFirst: true,
    cell: (person) => <Timestamp at={person.createdAt} />,
  },
]
