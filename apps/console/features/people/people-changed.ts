import type { InfiniteData, Query } from '@tanstack/react-query'
import { type Outputs, queries, trpc } from '../api/trpc.ts'
import type { PersonRow } from './words.ts'

type Page = Outputs['people']['list']
const isPages = (query: Query) => query.queryKey.at(-1) === 'pages'

/**
 * Somebody was changed from here: their row changes where it stands, so that a list of thousands is not fetched anew,
 * and what is counted or told about them is asked again. A filter may keep showing them until the list is next opened.
 */
export function personChanged(id: string, change: Partial<PersonRow>): void {
  queries.setQueriesData<InfiniteData<Page>>(
    { queryKey: trpc.people.list.pathKey(), predicate: isPages },
    (list) =>
      list && {
        ...list,
        pages: list.pages.map((page) => ({
          ...page,
          people: page.people.map((row) => (row.id === id ? { ...row, ...change } : row)),
        })),
      },
  )
  queries.removeQueries({ queryKey: trpc.people.list.pathKey(), predicate: isPages, type: 'inactive' })
  void queries.invalidateQueries({
    queryKey: trpc.people.list.pathKey(),
    predicate: (query) => !isPages(query),
  })
  void queries.invalidateQueries({ queryKey: trpc.people.detail.queryKey({ person: id }) })
}

/** Somebody came: the list begins anew, with them in it. */
export function peopleAdded(): void {
  void queries.resetQueries({ queryKey: trpc.people.list.pathKey() })
}
