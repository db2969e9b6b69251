'use client'
import { type Column, Switch, TableColumns, TextField } from '@parley/ui'
import { useCallback, useMemo } from 'react'
import { useNames } from '../conversations/use-names.ts'
import { type Chip, FilterChips } from '../list/filter-chips.tsx'
import { FilterMenu } from '../list/filter-menu.tsx'
import { SearchField } from '../list/search-field.tsx'
import { ActorFilter } from './actor-filter.tsx'
import type { useAuditFilter } from './use-audit-filter.ts'
import { type AuditEvent, actionName, RESULT_NAMES, RESULTS } from './words.ts'

/** Narrows the log, and says by what it is narrowed. */
export function AuditFilters({
  asked: { shown, set },
  actions,
  columns,
  visible,
  onVisibleChange,
}: {
  asked: ReturnType<typeof useAuditFilter>
  actions: readonly string[]
  columns: readonly Column<AuditEvent>[]
  visible: ReadonlySet<string>
  onVisibleChange: (visible: ReadonlySet<string>) => void
}) {
  const { text, results, actor, kind, target, from, to, reads } = shown
  const names = useNames(useMemo(() => (actor ? [actor] : []), [actor]))
  const search = useCallback((q: string) => set({ q }), [set])
  const actionNames = useMemo(
    () => Object.fromEntries(actions.map((action) => [action, actionName(action)])),
    [actions],
  )
  const chips: Chip[] = [
    ...shown.actions.map((action) => ({
      key: action,
      says: actionName(action),
      onRemove: () => set({ action: shown.actions.filter((each) => each !== action) }),
    })),
    ...results.map((result) => ({
      key: result,
      says: `Result: ${RESULT_NAMES[result]}`,
      onRemove: () => set({ result: results.filter((each) => each !== result) }),
    })),
    ...(actor
      ? [{ key: 'actor', says: `By ${names.get(actor) ?? '…'}`, onRemove: () => set({ actor: null }) }]
      : []),
    ...(kind
      ? [
          {
            key: 'target',
            says: target ? `To one ${kind.replaceAll('_', ' ')}` : `To any ${kind.replaceAll('_', ' ')}`,
            onRemove: () => set({ kind: null, target: null }),
          },
        ]
      : []),
    ...(from ? [{ key: 'from', says: `From ${from}`, onRemove: () => set({ from: null }) }] : []),
    ...(to ? [{ key: 'to', says: `To ${to}`, onRemove: () => set({ to: null }) }] : []),
  ]
  const clear = () =>
    set({ action: null, result: null, actor: null, kind: null, target: null, from: null, to: null })
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <SearchField label="Who, what or address" value={text} onChange={search} />
        <FilterMenu
          label="Action"
          values={actions}
          names={actionNames}
          chosen={shown.actions}
          onChange={(action) => set({ action })}
        />
        <ActorFilter onChoose={(person) => set({ actor: person })} />
        <FilterMenu
          label="Result"
          values={RESULTS}
          names={RESULT_NAMES}
          chosen={results}
          onChange={(result) => set({ result })}
        />
        <span className="flex items-center gap-1.5">
          <TextField
            type="date"
            aria-label="From"
            value={from}
            max={to || undefined}
            onChange={(event) => set({ from: event.target.value })}
            className="w-36"
          />
          <span className="text-muted">to</span>
          <TextField
            type="date"
            aria-label="To"
            value={to}
            min={from || undefined}
            onChange={(event) => set({ to: event.target.value })}
            className="w-36"
          />
        </span>
        <Switch
          label="With reads of this log"
          checked={reads}
          onCheckedChange={(on) => set({ reads: on ? 'yes' : null })}
        />
        <span className="ms-auto max-sm:hidden">
          <TableColumns columns={columns} visible={visible} onVisibleChange={onVisibleChange} />
        </span>
      </div>
      <FilterChips chips={chips} onClear={clear} />
    </>
  )
}
