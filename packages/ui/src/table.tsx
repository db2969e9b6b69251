'use client'
import type { ReactNode } from 'react'
import { Checkbox } from './checkbox.tsx'
import { classes } from './classes.ts'
import { Skeleton } from './skeleton.tsx'
import { TableHead } from './table-head.tsx'
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

/** Controls inside a row act for themselves; the rest of the row opens it. */
const ownsItsClick = (target: EventTarget) =>
  target instanceof Element && target.closest('button, a, input, label') !== null

/** Dense rows under a header that stays. Ordering, filtering and paging happen on the server. */
export function Table<Row>(props: TableProps<Row>) {
  const { columns, rows, rowKey, rowName, selected, onSelectedChange, onOpen, visible, empty, refreshing } =
    props
  const text = useUiText()
  const shown = visible ?? columnsShownAtFirst(columns)
  const cells = columns.filter((column) => column.always || shown.has(column.id))
  const selectable = selected !== undefined && onSelectedChange !== undefined
  const toggle = (key: string, on: boolean) => {
    const next = new Set(selected)
    if (on) next.add(key)
    else next.delete(key)
    onSelectedChange?.(next)
  }

  return (
    <div
      className={classes('relative min-h-0 overflow-auto rounded-lg border bg-surface-0', props.className)}
    >
      <table
        aria-label={props.label}
        aria-busy={rows === undefined || refreshing || undefined}
        className="w-full border-separate border-spacing-0"
      >
        <TableHead
          columns={cells}
          sort={props.sort}
          onSortChange={props.onSortChange}
          selection={selectable ? { keys: (rows ?? []).map(rowKey), selected, onSelectedChange } : undefined}
        />
        <tbody className={refreshing ? 'opacity-60 transition-opacity' : undefined}>
          {rows?.map((row) => {
            const key = rowKey(row)
            return (
              <tr
                key={key}
                data-selected={selected?.has(key) || undefined}
                onClick={(event) => onOpen && !ownsItsClick(event.target) && onOpen(row)}
                className={classes(
                  'group/row hover:bg-surface-1 data-selected:bg-accent-soft',
                  onOpen && 'cursor-pointer',
                )}
              >
                {selectable && (
                  <td className="border-b ps-4 group-last/row:border-b-0">
                    <Checkbox
                      checked={selected.has(key)}
                      onCheckedChange={(on) => toggle(key, on)}
                      label={`${text.selectRow}: ${rowName(row)}`}
                      labelHidden
                    />
                  </td>
                )}
                {cells.map((column, index) => (
                  <td
                    key={column.id}
                    className={classes(
                      'h-10 max-w-80 truncate border-b px-4 group-last/row:border-b-0',
                      column.align === 'end' && 'text-end tabular-nums',
                      index === 0 && 'text-strong',
                    )}
                  >
                    {index === 0 && onOpen ? (
                      <button
                        type="button"
                        onClick={() => onOpen(row)}
                        className="block w-full truncate rounded-sm py-0.5 text-start"
                      >
                        {column.cell(row)}
                      </button>
                    ) : (
                      column.cell(row)
                    )}
                  </td>
                ))}
              </tr>
            )
          }) ??
            Array.from({ length: props.expectedRows ?? 8 }, (_, line) => (
              <tr key={line}>
                {selectable && <td className="border-b ps-4" />}
                {cells.map((column, index) => (
                  <td key={column.id} className="h-10 border-b px-4">
                    <Skeleton className={classes('h-3', (line + index) % 3 === 0 ? 'w-2/5' : 'w-3/5')} />
                  </td>
                ))}
              </tr>
            ))}
        </tbody>
      </table>
      {rows?.length === 0 && <div className="sticky start-0 flex min-h-60">{empty}</div>}
    </div>
  )
}
