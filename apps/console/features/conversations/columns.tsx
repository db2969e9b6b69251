import { Badge, type Column, formatNumber, Timestamp } from '@parley/ui'
import { ConversationName } from './conversation-name.tsx'
import { type ConversationRow, KIND_NAMES } from './words.ts'

/** Never what was said: who may administer is not thereby a reader. */
export const conversationColumns = (
  names: ReadonlyMap<string, string>,
  locale: string | undefined,
): readonly Column<ConversationRow>[] => [
  {
    id: 'name',
    header: 'Name',
    sortable: true,
    always: true,
    cell: (row) => <ConversationName row={row} names={names} />,
  },
  { id: 'kind', header: 'Kind', width: '9.5rem', from: 'md', cell: (row) => KIND_NAMES[row.kind] },
  {
    id: 'members',
    header: 'Members',
    width: '8rem',
    align: 'end',
    sortable: true,
    from: 'sm',
    cell: (row) => formatNumber(row.memberCount, locale),
  },
  {
    id: 'messages',
    header: 'Messages',
    width: '8rem',
    align: 'end',
    sortable: true,
    from: 'lg',
    cell: (row) => formatNumber(row.messages, locale),
  },
  {
    id: 'active',
    header: 'Last active',
    width: '11rem',
    sortable: true,
    from: 'md',
    cell: (row) => <Timestamp at={row.lastAt} format="relative" />,
  },
  {
    id: 'state',
    header: 'State',
    width: '7rem',
    cell: (row) => (row.archivedAt === null ? <Badge tone="success">Open</Badge> : <Badge>Archived</Badge>),
  },
  {
    id: 'created',
    header: 'Created',
    width: '12rem',
    sortable: true,
    hiddenAtFirst: true,
    cell: (row) => <Timestamp at={row.createdAt} />,
  },
]
