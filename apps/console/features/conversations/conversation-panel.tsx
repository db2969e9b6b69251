'use client'
import { Badge, formatNumber, SidePanel, Timestamp, useUiLocale } from '@parley/ui'
import { Facts, Section } from '../list/facts.tsx'
import { useMay } from '../session/use-me.ts'
import { ConversationActions } from './conversation-actions.tsx'
import { nameOf } from './conversation-name.tsx'
import { MemberList } from './member-list.tsx'
import { useNames } from './use-names.ts'
import { type ConversationRow, isChannel, KIND_NAMES } from './words.ts'

/** One conversation beside the list: what it is, who is in it, and what may be done about it. */
export function ConversationPanel({ row, onClose }: { row: ConversationRow; onClose: () => void }) {
  const { locale } = useUiLocale()
  const manage = useMay('conversations.manage')
  const names = useNames([...row.people, row.createdBy])
  return (
    <SidePanel title={nameOf(row, names)} onClose={onClose}>
      <div className="flex flex-col gap-6 p-4">
        <div className="flex flex-wrap gap-2">
          <Badge>{KIND_NAMES[row.kind]}</Badge>
          {row.archivedAt !== null && <Badge tone="warning">Archived</Badge>}
          {row.forEveryone && <Badge tone="accent">For everyone</Badge>}
        </div>
        {manage && isChannel(row) && <ConversationActions key={row.id} row={row} />}
        <Section title="About">
          <Facts
            facts={[
              ['Topic', row.topic],
              ['Members', formatNumber(row.memberCount, locale)],
              ['Messages', formatNumber(row.messages, locale)],
              ['Last active', <Timestamp key="last" at={row.lastAt} />],
              [
                'Created',
                <span key="created">
                  <Timestamp at={row.createdAt} /> by {names.get(row.createdBy) ?? '…'}
                </span>,
              ],
              ['Archived', row.archivedAt !== null && <Timestamp at={row.archivedAt} />],
              [
                'Retention',
                row.retention
                  ? row.retention.days === null
                    ? 'Kept for ever, by a policy of its own'
                    : `${formatNumber(row.retention.days, locale)} days, by a policy of its own`
                  : 'As the organisation’s policy says',
              ],
            ]}
          />
        </Section>
        <MemberList key={row.id} row={row} />
      </div>
    </SidePanel>
  )
}
