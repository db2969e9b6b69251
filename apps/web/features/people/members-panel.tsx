'use client'
import type { Id } from '@parley/protocol'
import {
  Button,
  EmptyState,
  ErrorState,
  formatNumber,
  IconButton,
  Loading,
  SidePanel,
  Skeleton,
  TextField,
  useUiLocale,
} from '@parley/ui'
import { Search, UserPlus, Users } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { readError } from '../api/read-error.ts'
import { useAskPages } from '../api/use-ask.ts'
import { isChannel } from '../conversation/titles.ts'
import { useConversation, useMe, useOnline } from '../session/use-sync.ts'
import { useShell } from '../shell/shell-context.ts'
import { MemberRow } from './member-row.tsx'

/** Up to this many are found by looking. */
const fewEnoughToSee = 20

/** Who is in this conversation. */
export function MembersPanel({ conversation }: { conversation: Id }) {
  const { setPanel, open } = useShell()
  const me = useMe()
  const mine = useConversation(conversation)
  const online = useOnline(conversation)
  const { locale } = useUiLocale()
  const [text, setText] = useState('')
  const query = useDeferredValue(text.trim())
  const pages = useAskPages(
    'conversations.members',
    { conversation, ...(query && { query }) },
    mine !== undefined,
  )
  if (!mine) return null
  const members = pages.data?.pages.flatMap((page) => page.items) ?? []
  const channel = isChannel(mine.conversation)
  const manages = mine.membership.role === 'owner' || me.permissions['conversations.manage']
  return (
    <SidePanel
      title="People"
      subtitle={[
        `${formatNumber(mine.conversation.memberCount, locale)} in this ${channel ? 'channel' : 'conversation'}`,
        ...(online === undefined ? [] : [`${formatNumber(online, locale)} online`]),
      ].join(' · ')}
      onClose={() => setPanel(null)}
      actions={
        channel && (
          <IconButton
            label="Add people"
            icon={UserPlus}
            onClick={() => open({ kind: 'invite', conversation })}
          />
        )
      }
    >
      {mine.conversation.memberCount > fewEnoughToSee && (
        <div className="sticky top-0 z-10 border-b bg-surface-0 p-3">
          <TextField
            icon={Search}
            aria-label="Search the people here"
            placeholder="Search the people here"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </div>
      )}
      {pages.isPending ? (
        <Loading className="flex flex-col gap-4 p-4">
          {['a', 'b', 'c', 'd', 'e'].map((key) => (
            <span key={key} className="flex items-center gap-3">
              <Skeleton className="size-9" />
              <Skeleton className="h-3.5 w-40" />
            </span>
          ))}
        </Loading>
      ) : pages.isError ? (
        <ErrorState compact title="The people could not be listed" onRetry={() => pages.refetch()}>
          {readError(pages.error).says}
        </ErrorState>
      ) : members.length === 0 ? (
        <EmptyState
          compact
          icon={Users}
          title={query ? `Nobody here is called “${query}”` : 'Nobody is here'}
        />
      ) : (
        <ul className="p-2">
          {members.map((member) => (
            <MemberRow
              key={member.person}
              member={member}
              conversation={conversation}
              mayRemove={channel && manages && member.person !== me.id}
            />
          ))}
        </ul>
      )}
      {pages.hasNextPage && (
        <Button
          variant="quiet"
          className="mx-4 mb-4"
          busy={pages.isFetchingNextPage}
          onClick={() => pages.fetchNextPage()}
        >
          Show more
        </Button>
      )}
    </SidePanel>
  )
}
