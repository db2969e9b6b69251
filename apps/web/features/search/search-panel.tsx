'use client'
import type { Id } from '@parley/protocol'
import { Button, EmptyState, ErrorState, Loading, Select, SidePanel, Skeleton, TextField } from '@parley/ui'
import { Search, SearchX } from 'lucide-react'
import { useEffect, useState } from 'react'
import { readError } from '../api/read-error.ts'
import { useAskPages } from '../api/use-ask.ts'
import { titleOf, useTitles } from '../conversation/titles.ts'
import { useConversation } from '../session/use-sync.ts'
import { useShell } from '../shell/shell-context.ts'
import { SearchHit } from './search-hit.tsx'

/** Typing pauses this long before it is searched for. */
const patienceMs = 250
const shortest = 2

/** Words in every message that I may read. */
export function SearchPanel({ within }: { within?: Id }) {
  const { setPanel } = useShell()
  const here = useConversation(within ?? '')
  const titles = useTitles(here ? [here.conversation] : [])
  const [text, setText] = useState('')
  const [scope, setScope] = useState<'all' | 'here'>('all')
  const query = useSettled(text.trim())
  const enough = query.length >= shortest
  const pages = useAskPages(
    'messages.search',
    { query, ...(scope === 'here' && within ? { conversation: within } : {}) },
    enough,
  )
  const hits = enough ? (pages.data?.pages.flatMap((page) => page.items) ?? []) : []
  return (
    <SidePanel title="Search" onClose={() => setPanel(null)}>
      <div className="sticky top-0 z-10 flex flex-col gap-2 border-b bg-surface-0 p-3">
        <TextField
          icon={Search}
          type="search"
          aria-label="Search messages"
          placeholder="Search messages"
          value={text}
          autoFocus
          onChange={(event) => setText(event.target.value)}
        />
        {here && (
          <Select
            label="Where to search"
            size="small"
            value={scope}
            onValueChange={setScope}
            options={[
              { value: 'all', label: 'In all your conversations' },
              { value: 'here', label: `In ${titleOf(here.conversation, titles)}` },
            ]}
          />
        )}
      </div>
      {!enough ? (
        <EmptyState compact icon={Search} title="Find what was said">
          Words in any order; “quoted words” stand together; a minus leaves a word out. <br />
          Narrow it down with <code>from:alice</code>, <code>in:general</code>, <code>after:2026-01-31</code>,{' '}
          <code>before:</code>, <code>on:</code>, <code>has:link</code> or <code>has:file</code>.
        </EmptyState>
      ) : pages.isPending ? (
        <Loading className="flex flex-col gap-5 p-4">
          {['a', 'b', 'c', 'd'].map((key) => (
            <span key={key} className="flex flex-col gap-2">
              <Skeleton className="h-3.5 w-40" />
              <Skeleton className="h-3.5 w-full" />
              <Skeleton className="h-3.5 w-2/3" />
            </span>
          ))}
        </Loading>
      ) : pages.isError ? (
        <ErrorState compact title="The search did not work" onRetry={() => pages.refetch()}>
          {readError(pages.error).says}
        </ErrorState>
      ) : hits.length === 0 ? (
        <EmptyState compact icon={SearchX} title={`Nothing with “${query}”`}>
          Try fewer or other words. Conversations that you are not in are not searched.
        </EmptyState>
      ) : (
        <ul className="divide-y" aria-label="Results" aria-busy={pages.isFetching}>
          {hits.map((hit) => (
            <li key={hit.message}>
              <SearchHit hit={hit} />
            </li>
          ))}
        </ul>
      )}
      {pages.hasNextPage && enough && (
        <Button
          variant="quiet"
          className="m-3"
          busy={pages.isFetchingNextPage}
          onClick={() => pages.fetchNextPage()}
        >
          Show more
        </Button>
      )}
    </SidePanel>
  )
}

function useSettled(value: string): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), patienceMs)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
