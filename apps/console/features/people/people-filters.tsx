'use client'
import { type Column, TableColumns } from '@parley/ui'
import { useCallback } from 'react'
import { ExportButton } from '../list/export-button.tsx'
import { type Chip, FilterChips } from '../list/filter-chips.tsx'
import { FilterMenu } from '../list/filter-menu.tsx'
import { SearchField } from '../list/search-field.tsx'
import type { usePeople } from './use-people.ts'
import { type PersonRow, ROLE_NAMES, ROLES, STATUS_NAMES, STATUSES } from './words.ts'

const day = (at: number | null) => (at === null ? null : new Date(at).toISOString())

/** Narrows the list, and says by what it is narrowed. */
export function PeopleFilters({
  list: { filters, counts, exportPage },
  columns,
  visible,
  onVisibleChange,
}: {
  list: ReturnType<typeof usePeople>
  columns: readonly Column<PersonRow>[]
  visible: ReadonlySet<string>
  onVisibleChange: (visible: ReadonlySet<string>) => void
}) {
  const { text, roles, statuses, set } = filters
  const search = useCallback((q: string) => set({ q }), [set])
  const chips: Chip[] = [
    ...roles.map((role) => ({
      key: role,
      says: `Role: ${ROLE_NAMES[role]}`,
      onRemove: () => set({ role: roles.filter((each) => each !== role) }),
    })),
    ...statuses.map((status) => ({
      key: status,
      says: `Status: ${STATUS_NAMES[status]}`,
      onRemove: () => set({ status: statuses.filter((each) => each !== status) }),
    })),
  ]
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <SearchField label="Name, address or title" value={text} onChange={search} />
        <FilterMenu
          label="Role"
          values={ROLES}
          names={ROLE_NAMES}
          counts={counts?.roles}
          chosen={roles}
          onChange={(role) => set({ role })}
        />
        <FilterMenu
          label="Status"
          values={STATUSES}
          names={STATUS_NAMES}
          counts={counts?.statuses}
          chosen={statuses}
          onChange={(status) => set({ status })}
        />
        <span className="ms-auto flex gap-2 max-sm:hidden">
          <ExportButton
            name="people"
            header={['name', 'email', 'title', 'role', 'status', 'added', 'last active']}
            fetchPage={exportPage}
            cells={(person) => [
              person.name,
              person.email,
              person.title,
              person.role,
              person.status,
              day(person.createdAt),
              day(person.lastActiveAt),
            ]}
          />
          <TableColumns columns={columns} visible={visible} onVisibleChange={onVisibleChange} />
        </span>
      </div>
      <FilterChips chips={chips} onClear={() => set({ role: null, status: null })} />
    </>
  )
}
