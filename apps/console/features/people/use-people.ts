'use client'
import type { Sort } from '@parley/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api, trpc } from '../api/trpc.ts'
import { useFilters } from '../list/use-filters.ts'
import { usePages } from '../list/use-pages.ts'
import { ROLES, STATUSES } from './words.ts'

/** As many as the server gives at once. */
const pageSize = 200
const SORTS = ['name', 'created', 'active'] as const

/** The people that the address asks for, fetched page by page as they are looked at. */
export function usePeople() {
  const { get, many, set } = useFilters()
  const text = get('q')
  const roles = many('role', ROLES)
  const statuses = many('status', STATUSES)
  const sort = SORTS.find((each) => each === get('sort')) ?? 'name'
  const descending = get('order') === 'desc'
  const wanted = {
    ...(text && { text }),
    ...(roles.length > 0 && { roles }),
    ...(statuses.length > 0 && { statuses }),
    kind: 'person' as const,
  }
  const input = { ...wanted, sort, descending, limit: pageSize }
  const pages = usePages(trpc.people.list.queryKey(input), (cursor, signal) =>
    api.people.list.query({ ...input, cursor }, { signal }),
  )
  /** The figures alone, which change with what is done to people. */
  const counts = useQuery(
    trpc.people.list.queryOptions({ ...wanted, limit: 1 }, { placeholderData: keepPreviousData }),
  )
  const people = useMemo(() => pages.data?.pages.flatMap((page) => page.people), [pages.data])
  return {
    filters: { text, roles, statuses, set },
    order: { by: sort, direction: descending ? 'descending' : 'ascending' } satisfies Sort,
    setOrder: (next: Sort) =>
      set({
        sort: next.by === 'name' ? null : next.by,
        order: next.direction === 'descending' ? 'desc' : null,
      }),
    people,
    counts: counts.data,
    exportPage: async (cursor: string | undefined) => {
      const page = await api.people.list.query({ ...input, cursor })
      return { rows: page.people, next: page.next }
    },
    pages,
  }
}
