'use client'
import { Button, columnsShownAtFirst, EmptyState, ErrorState, Table } from '@parley/ui'
import { useQuery } from '@tanstack/react-query'
import { Download, SearchX } from 'lucide-react'
import { useMemo, useState } from 'react'
import { readError } from '../api/read-error.ts'
import { api, trpc } from '../api/trpc.ts'
import { ListFoot } from '../list/list-foot.tsx'
import { usePages } from '../list/use-pages.ts'
import { useMay } from '../session/use-me.ts'
import { Page } from '../shell/page.tsx'
import { AuditFilters } from './audit-filters.tsx'
import { auditColumns } from './columns.tsx'
import { EventPanel } from './event-panel.tsx'
import { ExportDialog } from './export-dialog.tsx'
import { useAuditFilter } from './use-audit-filter.ts'
import { actorName } from './words.ts'

const pageSize = 100
const none: string[] = []

/** Who did what, and when. That it is read stands in it, too: nothing is asked for that nobody looks at. */
export function AuditPage() {
  const mayExport = useMay('audit.export')
  const mayRead = useMay('audit.read')
  const actionList = useQuery(
    trpc.audit.actions.queryOptions({}, { staleTime: Number.POSITIVE_INFINITY, enabled: mayRead }),
  )
  const actions = useMemo(() => actionList.data?.map(({ action }) => action) ?? none, [actionList.data])
  const asked = useAuditFilter(actions)
  const { filter, get, set } = asked
  const pages = usePages(
    trpc.audit.list.queryKey({ filter }),
    (cursor, signal) =>
      api.audit.list.query({ filter, limit: pageSize, ...(cursor && { cursor }) }, { signal }),
    actionList.isSuccess,
  )
  const rows = useMemo(() => pages.data?.pages.flatMap((page) => page.items), [pages.data])
  const [visible, setVisible] = useState(columnsShownAtFirst(auditColumns))
  const [exporting, setExporting] = useState(false)
  const chosen = rows?.find((event) => event.id === get('event'))
  const failed = pages.isError && !rows ? pages.error : actionList.error
  return (
    <Page
      path="/audit"
      fill
      end={
        mayExport && (
          <Button icon={Download} onClick={() => setExporting(true)}>
            Export…
          </Button>
        )
      }
      panel={
        chosen && (
          <EventPanel
            key={chosen.id}
            event={chosen}
            narrow={(filters) => set({ ...filters, event: null })}
            onClose={() => set({ event: null })}
          />
        )
      }
    >
      <AuditFilters
        asked={asked}
        actions={actions}
        columns={auditColumns}
        visible={visible}
        onVisibleChange={setVisible}
      />
      {failed ? (
        <ErrorState
          title="The log could not be fetched"
          onRetry={() => void (actionList.isError ? actionList.refetch() : pages.refetch())}
          retrying={pages.isFetching}
        >
          {readError(failed).says}
        </ErrorState>
      ) : (
        <Table
          label="Audit log"
          columns={auditColumns}
          rows={rows}
          rowKey={(event) => event.id}
          rowName={(event) => `${actorName(event)} ${event.says} ${event.entity.name}`}
          visible={visible}
          current={chosen?.id}
          onOpen={(event) => set({ event: event.id })}
          onEndReached={pages.more}
          refreshing={pages.isPlaceholderData}
          expectedRows={14}
          empty={
            <EmptyState icon={SearchX} title="Nothing like that has happened">
              Take a filter away, or look at other days.
            </EmptyState>
          }
        />
      )}
      <ListFoot
        shown={rows?.length ?? 0}
        total={pages.hasNextPage ? undefined : rows?.length}
        noun={['event', 'events']}
        fetching={pages.isFetchingNextPage}
      />
      {exporting && (
        <ExportDialog
          filter={Object.keys(filter).length > 0 ? filter : { reads: true }}
          narrowed={Object.keys(filter).length > 0}
          onClose={() => setExporting(false)}
        />
      )}
    </Page>
  )
}
