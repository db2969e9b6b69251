'use client'
import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react'
import { Checkbox } from './checkbox.tsx'
import { classes } from './classes.ts'
import type { Column, Sort } from './table.tsx'
import { shownFrom } from './table-row.tsx'
import { useUiText } from './ui-text.ts'

type Selection = {
  keys: ReadonlyArray<string>
  selected: ReadonlySet<string>
  onSelectedChange: (selected: ReadonlySet<string>) => void
}

const headStyle = 'sticky top-0 z-10 h-9 border-b bg-surface-1 font-medium text-muted text-sm'

function nextSort(current: Sort | undefined, by: string): Sort {
  const descending = current?.by === by && current.direction === 'ascending'
  return { by, direction: descending ? 'descending' : 'ascending' }
}

/** The header row of Table: select all of this page, and order by a column. */
export function TableHead<Row>({
  columns,
  sort,
  onSortChange,
  selection,
}: {
  columns: ReadonlyArray<Column<Row>>
  sort?: Sort
  onSortChange?: (sort: Sort) => void
  selection?: Selection
}) {
  const text = useUiText()
  return (
    <thead>
      <tr>
        {selection && (
          <th scope="col" className={classes(headStyle, 'w-9 ps-4 text-start')}>
            <SelectAll label={text.selectAll} {...selection} />
          </th>
        )}
        {columns.map((column) => {
          const direction = sort?.by === column.id ? sort.direction : undefined
          const Arrow =
            direction === 'ascending' ? ArrowUp : direction === 'descending' ? ArrowDown : ChevronsUpDown
          return (
            <th
              key={column.id}
              scope="col"
              aria-sort={direction}
              style={{ width: column.width }}
              className={classes(
                headStyle,
                'whitespace-nowrap px-4',
                column.align === 'end' ? 'text-end' : 'text-start',
                column.from && shownFrom[column.from],
              )}
            >
              {column.sortable && onSortChange ? (
                <button
                  type="button"
                  onClick={() => onSortChange(nextSort(sort, column.id))}
                  className={classes(
                    '-mx-1.5 inline-flex items-center gap-1 rounded-sm px-1.5 py-1 hover:text-strong',
                    direction && 'text-strong',
                  )}
                >
                  {column.header}
                  <Arrow aria-hidden="true" className={classes('size-3.5', !direction && 'opacity-60')} />
                </button>
              ) : (
                column.header
              )}
            </th>
          )
        })}
      </tr>
    </thead>
  )
}

function SelectAll({ label, keys, selected, onSelectedChange }: Selection & { label: string }) {
  const here = keys.filter((key) => selected.has(key)).length
  return (
    <Checkbox
      checked={here === 0 ? false : here === keys.length ? true : 'indeterminate'}
      onCheckedChange={(on) => {
        const next = new Set(selected)
        for (const key of keys) {
          if (on) next.add(key)
          else next.delete(key)
        }
        onSelectedChange(next)
      }}
      disabled={keys.length === 0}
      label={label}
      labelHidden
    />
  )
}
