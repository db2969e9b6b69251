'use client'
import { type ReactNode, useCallback, useEffect, useMemo, useRef } from 'react'
import { classes } from './classes.ts'
import { TableHead } from './table-head.tsx'
import { moveBetweenRows } from './table-keys.ts'
import { SkeletonRow, SpacerRow, TableRow } from './table-row.tsx'
import { useRowWindow } from './table-window.ts'
import { useUiText } from './ui-text.ts'

export type Column<Row> = {
  id: string
  header: string
  cell: (row: Row) => ReactNode
  /** The server can order by it. */
  sortable?: boolean
  align?: 'start' | 'end'
  /** A CSS width. Known before the rows arrive, so that nothing jumps. */
  width?: string
  /** Stays visible whatever is chosen. */
  always?: boolean
  /** Not shown until chosen. */
  hiddenAtFirst?: boolean
  /** Only where the table is wide enough: a column of every phone has none, `lg` is for much room. */
  from?: 'sm' | 'md' | 'lg'
}

export type Sort = { by: string; direction: 'ascending' | 'descending' }

export type TableProps<Row> = {
  /** What the table lists, for screen readers. */
  label: string
  columns: ReadonlyArray<Column<Row>>
  /** Undefined while the first page is on its way. */
  rows: ReadonlyArray<Row> | undefined
  rowKey: (row: Row) => string
  /** How a row is called when it is selected or opened. */
  rowName: (row: Row) => string
  sort?: Sort
  onSortChange?: (sort: Sort) => void
  selected?: ReadonlySet<string>
  onSelectedChange?: (selected: ReadonlySet<string>) => void
  onOpen?: (row: Row) => void
  /** The row whose details are open. */
  current?: string
  /** The last rows are near: fetch more. Called again until there are more. */
  onEndReached?: () => void
  /** How many rows there are in all, fetched or not. */
  total?: number
  /** Ids of the columns to show; all that are not hidden at first when absent. */
  visible?: ReadonlySet<string>
  /** Shown instead of rows when there are none. */
  empty?: ReactNode
  /** Rows of skeleton while loading; give the page size. */
  expectedRows?: number
  /** A next page is being fetched: the old rows stay, dimmed. */
  refreshing?: boolean
  className?: string
}

/** Ids of the columns that show before anyone has chosen. */
export function columnsShownAtFirst<Row>(columns: ReadonlyArray<Column<Row>>): ReadonlySet<string> {
  return new Set(columns.filter((column) => !column.hiddenAtFirst).map((column) => column.id))
}

/** Before the last fetched row is seen, by this many rows, more are asked for. */
const askAhead = 24

/**
 * Dense rows under a header that stays. Ordering, filtering and paging happen on the server. Where its height is
 * bounded only the rows near what is seen are drawn; arrows go from row to row, Shift selects up to a row.
 */
export function Table<Row>(props: TableProps<Row>) {
  const { columns, rows, rowKey, rowName, selected, onSelectedChange, onOpen, visible, empty, refreshing } =
    props
  const text = useUiText()
  const scroller = useRef<HTMLDivElement>(null)
  const anchor = useRef<string | null>(null)
  const cells = useMemo(() => {
    const shown = visible ?? columnsShownAtFirst(columns)
    return columns.filter((column) => column.always || shown.has(column.id))
  }, [columns, visible])
  const keys = useMemo(() => (rows ?? []).map(rowKey), [rows, rowKey])
  const selectable = selected !== undefined && onSelectedChange !== undefined
  const { from, to, above, below } = useRowWindow(scroller, rows?.length ?? 0)

  const nearEnd = rows !== undefined && to > rows.length - askAhead && !refreshing
  const { onEndReached } = props
  useEffect(() => {
    if (nearEnd && rows) onEndReached?.()
  }, [nearEnd, rows, onEndReached])

  // Another order or filter begins at its first row.
  const wasRefreshing = useRef(false)
  useEffect(() => {
    if (wasRefreshing.current && !refreshing) scroller.current?.scrollTo({ top: 0 })
    wasRefreshing.current = refreshing ?? false
  }, [refreshing])

  const toggle = useCallback(
    (key: string, on: boolean, range: boolean) => {
      const ends = [keys.indexOf(anchor.current ?? key), keys.indexOf(key)].sort((a, b) => a - b)
      const many = range && ends[0] !== -1 ? keys.slice(ends[0], ends[1]! + 1) : [key]
      const next = new Set(selected)
      for (const one of many) {
        if (on) next.add(one)
        else next.delete(one)
      }
      anchor.current = key
      onSelectedChange?.(next)
    },
    [keys, selected, onSelectedChange],
  )

  return (
    <div
      ref={scroller}
      className={classes(
        '@container relative min-h-0 overflow-auto rounded-lg border bg-surface-0',
        props.className,
      )}
    >
      <table
        aria-label={props.label}
        aria-busy={rows === undefined || refreshing || undefined}
        aria-rowcount={props.total === undefined ? undefined : props.total + 1}
        className="w-full table-fixed border-separate border-spacing-0"
      >
        <TableHead
          columns={cells}
          sort={props.sort}
          onSortChange={props.onSortChange}
          selection={selectable ? { keys, selected, onSelectedChange } : undefined}
        />
        <tbody
          onKeyDown={moveBetweenRows}
          className={classes(
            '[&>tr[data-row]:last-child>td]:border-b-0',
            refreshing && 'opacity-60 transition-opacity',
          )}
        >
          <SpacerRow height={above} />
          {rows?.slice(from, to).map((row, offset) => {
            const key = rowKey(row)
            return (
              <TableRow
                key={key}
                row={row}
                index={from + offset}
                columns={cells}
                current={key === props.current}
                id={key}
                selected={selectable ? selected.has(key) : undefined}
                label={`${text.selectRow}: ${rowName(row)}`}
                onToggle={toggle}
                onOpen={onOpen}
              />
            )
          }) ??
            Array.from({ length: props.expectedRows ?? 8 }, (_, line) => (
              <SkeletonRow key={line} line={line} columns={cells} selectable={selectable} />
            ))}
          <SpacerRow height={below} />
        </tbody>
      </table>
      {rows?.length === 0 && <div className="sticky start-0 flex min-h-60">{empty}</div>}
    </div>
  )
}
