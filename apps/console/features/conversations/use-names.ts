'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api, trpc } from '../api/trpc.ts'

/** As many as the server tells at once. */
const most = 500
/** Names change seldom, in milliseconds. */
const fresh = 300_000

/** Names of people by id, for lists that only know ids. Those not known yet are left out. */
export function useNames(ids: readonly string[]): ReadonlyMap<string, string> {
  const wanted = [...new Set(ids)].sort()
  const cards = useQuery({
    queryKey: [...trpc.people.byIds.mutationKey(), wanted],
    async queryFn() {
      const batches = Array.from({ length: Math.ceil(wanted.length / most) }, (_, at) =>
        api.people.byIds.mutate({ ids: wanted.slice(at * most, (at + 1) * most) }),
      )
      return new Map((await Promise.all(batches)).flat().map((card) => [card.id as string, card.name]))
    },
    enabled: wanted.length > 0,
    placeholderData: keepPreviousData,
    staleTime: fresh,
  })
  return cards.data ?? new Map()
}
