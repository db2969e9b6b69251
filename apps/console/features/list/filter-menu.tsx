'use client'
import { Button, formatNumber, Menu, useUiLocale } from '@parley/ui'
import { ChevronDown } from 'lucide-react'

/** Chooses any of a few values; each says how many it would show. */
export function FilterMenu<Value extends string>({
  label,
  values,
  names,
  counts,
  chosen,
  onChange,
}: {
  label: string
  values: readonly Value[]
  names: Record<Value, string>
  counts?: Partial<Record<Value, number>>
  chosen: readonly Value[]
  onChange: (chosen: Value[]) => void
}) {
  const { locale } = useUiLocale()
  const count = (value: Value) => {
    const number = counts?.[value]
    return number === undefined ? '' : ` (${formatNumber(number, locale)})`
  }
  return (
    <Menu
      align="start"
      trigger={
        <Button className="group">
          <span className="flex items-center gap-1.5">
            {label}
            {chosen.length > 0 && <span className="text-accent-text">{chosen.length}</span>}
            <ChevronDown aria-hidden="true" className="size-3.5 text-muted" />
          </span>
        </Button>
      }
      items={values.map((value) => ({
        kind: 'toggle',
        label: `${names[value]}${count(value)}`,
        checked: chosen.includes(value),
        onToggle: (on) => onChange(values.filter((each) => (each === value ? on : chosen.includes(each)))),
      }))}
    />
  )
}
