'use client'
import { columnsShownAtFirst, EmptyState, ErrorState, Table, TableColumns, useUiLocale } from '@parley/ui'
import { SearchX } from 'lucide-react'
import { useCallback, useMemo, useState } from 'react'
import { readError } from '../api/read-error.ts'
import { ExportButton } from '../list/export-button.tsx'
import { FilterChips } from '../list/filter-chips.tsx'
import { FilterMenu } from '../list/filter-menu.tsx'
import { ListFoot } from '../list/list-foot.tsx'
import { SearchField } from '../list/search-field.tsx'
import { useFilters } from '../list/use-filters.ts'
import { Page } from '../shell/page.tsx'
import { conversationColumns } from './columns.tsx'
import { nameOf } from './conversation-name.tsx'
import { ConversationPanel } from './conversation-panel.tsx'
import { STATES, useConversations } from './use-conversations.ts'
import { useNames } from './use-names.ts'
import { KIND_NAMES, KINDS } from './words.ts'

const day = (at: number | null) => (at === null ? null : new Date(at).toISOString())
const STATE_NAMES = { open: 'Open', archived: 'Archived' } as const

/** Every conversation with its size and state; never what was said in it. */
export function ConversationsPage() {
  const { locale } = useUiLocale()
  const { get, set } = useFilters()
  const list = useConversations()
  const { rows, filters, pages } = list
  const names = useNames(
    useMemo(() => (rows ?? []).flatMap((row) => (row.name === null ? row.people : [])), [rows]),
  )
  const columns = useMemo(() => conversationColumns(names, locale), [names, locale])
  const [visible, setVisible] = useState(columnsShownAtFirst(columns))
  const search = useCallback((q: string) => set({ q }), [set])
  const chosen = rows?.find((row) => row.id === get('conversation'))
  const chips = [
    ...filters.kinds.map((kind) => ({
      key: kind,
      says: `Kind: ${KIND_NAMES[kind]}`,
      onRemove: () => set({ kind: filters.kinds.filter((each) => each !== kind) }),
    })),
    ...filters.states.map((state) => ({
      key: state,
      says: `State: ${STATE_NAMES[state]}`,
      onRemove: () => set({ state: filters.states.filter((each) => each !== state) }),
    })),
  ]
  return (
    <Page
      path="/conversations"
      fill
      panel={
        chosen && (
          <ConversationPanel key={chosen.id} row={chosen} onClose={() => set({ conversation: null })} />
        )
      }
    >
      <div className="flex flex-wrap items-center gap-2">
        <SearchField label="Name or topic" value={filters.text} onChange={search} />
        <FilterMenu
          label="Kind"
          values={KINDS}
          names={KIND_NAMES}
          chosen={filters.kinds}
          onChange={(kind) => set({ kind })}
        />
        <FilterMenu
          label="State"
          values={STATES}
          names={STATE_NAMES}
          chosen={filters.states}
          onChange={(state) => set({ state })}
        />
        <span className="ms-auto flex gap-2 max-sm:hidden">
          <ExportButton
            name="conversations"
            header={['name', 'kind', 'topic', 'members', 'messages', 'created', 'last active', 'archived']}
            fetchPage={list.exportPage}
            cells={(row) => [
              row.name ?? row.people.map((id) => names.get(id) ?? id).join(', '),
              row.kind,
              row.topic,
              row.memberCount,
              row.messages,
              day(row.createdAt),
              day(row.lastAt),
              day(row.archivedAt),
            ]}
          />
          <TableColumns columns={columns} visible={visible} onVisibleChange={setVisible} />
        </span>
      </div>
      <FilterChips chips={chips} onClear={() => set({ kind: null, state: null })} />
      {pages.isError && !rows ? (
        <ErrorState title="The list could not be fetched" onRetry={() => pages.refetch()}>
          {readError(pages.error).says}
        </ErrorState>
      ) : (
        <Table
          label="Conversations"
          columns={columns}
          rows={rows}
          rowKey={(row) => row.id}
          rowName={(row) => nameOf(row, names)}
          visible={visible}
          sort={list.order}
          onSortChange={list.setOrder}
          current={chosen?.id}
          onOpen={(row) => set({ conversation: row.id })}
          onEndReached={pages.more}
          total={list.total}
          refreshing={pages.isPlaceholderData}
          expectedRows={14}
          empty={
            <EmptyState icon={SearchX} title="No conversation fits">
              Take a filter away, or search for another part of the name or topic.
            </EmptyState>
          }
        />
      )}
      <ListFoot
        shown={rows?.length ?? 0}
        total={list.total}
        noun={['conversation', 'conversations']}
        fetching={pages.isFetchingNextPage}
      />
    </Page>
  )
}
