'use client'
import { Columns3 } from 'lucide-react'
import { IconButton } from './icon-button.tsx'
import { Menu } from './menu.tsx'
import type { Column } from './table.tsx'
import { useUiText } from './ui-text.ts'

/** Lets a person choose which columns a Table shows. */
export function TableColumns<Row>({
  columns,
  visible,
  onVisibleChange,
}: {
  columns: ReadonlyArray<Column<Row>>
  visible: ReadonlySet<string>
  onVisibleChange: (visible: ReadonlySet<string>) => void
}) {
  const text = useUiText()
  return (
    <Menu
      trigger={<IconButton label={text.columns} icon={Columns3} variant="outlined" />}
      items={columns.map((column) => ({
        kind: 'toggle',
        label: column.header,
        checked: column.always || visible.has(column.id),
        disabled: column.always,
        onToggle: (on) => {
          const next = new Set(visible)
          if (on) next.add(column.id)
          else next.delete(column.id)
          onVisibleChange(next)
        },
      }))}
    />
  )
}
