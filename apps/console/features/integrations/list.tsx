'use client'
import { type Column, ErrorState, Switch, Table } from '@parley/ui'
import { type ReactNode, useCallback } from 'react'
import { readError } from '../api/read-error.ts'
import { ListFoot } from '../list/list-foot.tsx'
import { SearchField } from '../list/search-field.tsx'
import { useFilters } from '../list/use-filters.ts'
import type { usePages } from '../list/use-pages.ts'

type Listed = { id: string; name: string }

/** What the three lists of this page share: search, an optional switch, the table, and how many. */
export function IntegrationList<Row extends Listed>({
  label,
  noun,
  search,
  columns,
  rows,
  pages,
  current,
  onOpen,
  allSwitch,
  empty,
}: {
  label: string
  noun: readonly [string, string]
  /** What is searched. */
  search: string
  columns: readonly Column<Row>[]
  rows: Row[] | undefined
  pages: Pick<
    ReturnType<typeof usePages>,
    'isError' | 'error' | 'refetch' | 'isFetching' | 'more' | 'isPlaceholderData' | 'isFetchingNextPage'
  >
  current?: string
  onOpen?: (row: Row) => void
  /** Shows those that have ended, too. */
  allSwitch?: string
  empty: ReactNode
}) {
  const { get, set } = useFilters()
  const find = useCallback((q: string) => set({ q }), [set])
  if (pages.isError && !rows)
    return (
      <ErrorState
        title="The list could not be fetched"
        onRetry={() => pages.refetch()}
        retrying={pages.isFetching}
      >
        {readError(pages.error).says}
      </ErrorState>
    )
  return (
    <div className="flex h-full min-h-0 flex-col gap-4">
      <div className="flex flex-wrap items-center gap-4">
        <SearchField label={search} value={get('q')} onChange={find} />
        {allSwitch && (
          <Switch
            label={allSwitch}
            checked={get('all') === 'yes'}
            onCheckedChange={(on) => set({ all: on ? 'yes' : null })}
          />
        )}
      </div>
      <Table
        label={label}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        rowName={(row) => row.name}
        current={current}
        onOpen={onOpen}
        onEndReached={pages.more}
        refreshing={pages.isPlaceholderData}
        expectedRows={8}
        empty={empty}
      />
      <ListFoot shown={rows?.length ?? 0} total={undefined} noun={noun} fetching={pages.isFetchingNextPage} />
    </div>
  )
}
