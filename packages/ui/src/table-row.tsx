'use client'
import { memo } from 'react'
import { Checkbox } from './checkbox.tsx'
import { classes } from './classes.ts'
import { Skeleton } from './skeleton.tsx'
import type { Column } from './table.tsx'

/** Narrow tables leave out what matters less: below 512, 672 and 896 pixels. */
export const shownFrom = {
  sm: '@max-lg:hidden',
  md: '@max-2xl:hidden',
  lg: '@max-4xl:hidden',
} satisfies Record<NonNullable<Column<unknown>['from']>, string>

const cellStyle = (column: Column<never>) =>
  classes(
    'h-10 max-w-80 truncate border-b px-4',
    column.align === 'end' && 'text-end tabular-nums',
    column.from && shownFrom[column.from],
  )

/** Controls inside a row act for themselves; the rest of the row opens it. */
const ownsItsClick = (target: EventTarget) =>
  target instanceof Element && target.closest('button, a, input, label') !== null

type RowProps<Row> = {
  row: Row
  index: number
  columns: ReadonlyArray<Column<Row>>
  id: string
  /** Undefined where rows are not selected. */
  selected: boolean | undefined
  /** What its checkbox is called. */
  label: string
  onToggle: (id: string, on: boolean, range: boolean) => void
  current: boolean
  onOpen?: (row: Row) => void
}

function DrawnRow<Row>(props: RowProps<Row>) {
  const { row, id, index, columns, selected, label, onToggle, current, onOpen } = props
  return (
    <tr
      data-row
      aria-rowindex={index + 2}
      data-selected={selected || undefined}
      data-current={current || undefined}
      onClick={(event) => onOpen && !ownsItsClick(event.target) && onOpen(row)}
      className={classes(
        'group/row hover:bg-surface-1 data-current:bg-surface-2 data-selected:bg-accent-soft',
        onOpen && 'cursor-pointer',
      )}
    >
      {selected !== undefined && (
        <td
          className="w-9 border-b ps-4"
          onClickCapture={(event) => {
            if (!event.shiftKey) return
            event.preventDefault()
            event.stopPropagation()
            onToggle(id, !selected, true)
          }}
        >
          <Checkbox
            checked={selected}
            onCheckedChange={(on) => onToggle(id, on, false)}
            label={label}
            labelHidden
          />
        </td>
      )}
      {columns.map((column, at) => (
        <td key={column.id} className={classes(cellStyle(column), at === 0 && 'text-strong')}>
          {at === 0 && onOpen ? (
            <button
              type="button"
              aria-current={current || undefined}
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
}

/** Drawn anew only when something of its own changes: scrolling draws the rows that come. */
export const TableRow = memo(DrawnRow) as typeof DrawnRow

export function SkeletonRow<Row>({
  line,
  columns,
  selectable,
}: {
  line: number
  columns: ReadonlyArray<Column<Row>>
  selectable: boolean
}) {
  return (
    <tr>
      {selectable && <td className="border-b ps-4" />}
      {columns.map((column, index) => (
        <td key={column.id} className={cellStyle(column)}>
          <Skeleton className={classes('h-3', (line + index) % 3 === 0 ? 'w-2/5' : 'w-3/5')} />
        </td>
      ))}
    </tr>
  )
}

/** Stands for rows that are not drawn. */
export function SpacerRow({ height }: { height: number }) {
  return height > 0 ? <tr style={{ height }} /> : null
}
