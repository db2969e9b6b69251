'use client'
import type { Sort } from '@parley/ui'
import { useMemo } from 'react'
import { api, trpc } from '../api/trpc.ts'
import { useFilters } from '../list/use-filters.ts'
import { usePages } from '../list/use-pages.ts'
import { KINDS } from './words.ts'

const pageSize = 200
const SORTS = ['name', 'members', 'messages', 'created', 'active'] as const
export const STATES = ['open', 'archived'] as const

/** The conversations that the address asks for: channels, unless other kinds are chosen. */
export function useConversations() {
  const { get, many, set } = useFilters()
  const text = get('q')
  const kinds = many('kind', KINDS)
  const states = many('state', STATES)
  const sort = SORTS.find((each) => each === get('sort')) ?? 'name'
  const descending = get('order') === 'desc'
  const input = {
    ...(text && { text }),
    ...(kinds.length > 0 && { kinds }),
    ...(states.length === 1 && { archived: states[0] === 'archived' }),
    sort,
    descending,
    limit: pageSize,
  }
  const pages = usePages(trpc.conversations.list.queryKey(input), (cursor, signal) =>
    api.conversations.list.query({ ...input, cursor }, { signal }),
  )
  const rows = useMemo(() => pages.data?.pages.flatMap((page) => page.items), [pages.data])
  return {
    filters: { text, kinds, states, set },
    order: { by: sort, direction: descending ? 'descending' : 'ascending' } satisfies Sort,
    setOrder: (next: Sort) =>
      set({
        sort: next.by === 'name' ? null : next.by,
        order: next.direction === 'descending' ? 'desc' : null,
      }),
    rows,
    total: pages.data?.pages.at(-1)?.total,
    exportPage: async (cursor: string | undefined) => {
      const page = await api.conversations.list.query({ ...input, cursor })
      return { rows: page.items, next: page.next }
    },
    pages,
  }
}
