'use client'
import { useMemo } from 'react'
import { api, trpc } from '../api/trpc.ts'
import { useFilters } from '../list/use-filters.ts'
import { usePages } from '../list/use-pages.ts'

const pageSize = 200

/** What the address asks for: a part of a name, and whether those that have ended are shown too. */
function useAsked() {
  const { get } = useFilters()
  const text = get('q')
  const all = get('all') === 'yes'
  return { narrowed: text !== '', page: { ...(text && { text }), limit: pageSize }, live: !all }
}

export function useTokens() {
  const { page, live, narrowed } = useAsked()
  const input = { ...page, live }
  const pages = usePages(trpc.integrations.listTokens.queryKey(input), (cursor, signal) =>
    api.integrations.listTokens.query({ ...input, cursor }, { signal }),
  )
  const rows = useMemo(() => pages.data?.pages.flatMap((one) => one.items), [pages.data])
  return { pages, rows, narrowed }
}

export function useWebhooks() {
  const { page, live, narrowed } = useAsked()
  const input = { ...page, live }
  const pages = usePages(trpc.integrations.listWebhooks.queryKey(input), (cursor, signal) =>
    api.integrations.listWebhooks.query({ ...input, cursor }, { signal }),
  )
  const rows = useMemo(() => pages.data?.pages.flatMap((one) => one.items), [pages.data])
  return { pages, rows, narrowed }
}

export function useBots() {
  const { page, narrowed } = useAsked()
  const pages = usePages(trpc.integrations.listBots.queryKey(page), (cursor, signal) =>
    api.integrations.listBots.query({ ...page, cursor }, { signal }),
  )
  const rows = useMemo(() => pages.data?.pages.flatMap((one) => one.items), [pages.data])
  return { pages, rows, narrowed }
}
