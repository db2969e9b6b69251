import type { InfiniteData } from '@tanstack/react-query'
import { type Outputs, queries, trpc } from '../api/trpc.ts'
import type { ConversationRow } from './words.ts'

type Page = Outputs['conversations']['list']

/** A conversation was changed from here: its row changes where it stands, whatever list it is in. */
export function conversationChanged(id: string, change: Partial<ConversationRow>): void {
  queries.setQueriesData<InfiniteData<Page>>(
    {
      queryKey: trpc.conversations.list.pathKey(),
      predicate: (query) => query.queryKey.at(-1) === 'pages',
    },
    (list) =>
      list && {
        ...list,
        pages: list.pages.map((page) => ({
          ...page,
          items: page.items.map((row) => (row.id === id ? { ...row, ...change } : row)),
        })),
      },
  )
  queries.removeQueries({ queryKey: trpc.conversations.list.pathKey(), type: 'inactive' })
  void queries.invalidateQueries({ queryKey: trpc.conversations.members.pathKey() })
}
