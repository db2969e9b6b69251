'use client'
import type { Message, ThreadCard as Thread } from '@parley/protocol'
import { Timestamp } from '@parley/ui'
import { ChevronRight } from 'lucide-react'
import { PersonAvatar } from '../people/person-name.tsx'
import { useFollowedThreads } from '../session/use-sync.ts'
import { pathToThread } from '../shell/place.ts'
import { PlaceLink } from '../shell/place-link.tsx'

/** Under a root message: who replied, how much, and what of it I have not read. */
export function ThreadCard({ message, thread }: { message: Message; thread: Thread }) {
  const followed = useFollowedThreads().find((each) => each.root === message.id)
  const unread = followed ? Math.max(0, thread.replies - followed.read) : 0
  return (
    <PlaceLink
      href={pathToThread(message.conversation, message.id)}
      className="group/thread -ms-1.5 mt-1 flex h-8 w-fit max-w-full items-center gap-2 rounded-sm border border-transparent px-1.5 pe-2 text-sm hover:border-line hover:bg-surface-0"
    >
      <span className="flex gap-0.5">
        {thread.people.slice(0, 3).map((id) => (
          <PersonAvatar key={id} id={id} size={20} />
        ))}
      </span>
      <span className="shrink-0 font-medium text-accent-text">
        {thread.replies} {thread.replies === 1 ? 'reply' : 'replies'}
      </span>
      {unread > 0 ? (
        <span className="shrink-0 font-semibold text-strong">{unread} new</span>
      ) : (
        <span className="truncate text-muted">
          last reply <Timestamp at={thread.lastAt} format="relative" />
        </span>
      )}
      <ChevronRight
        aria-hidden="true"
        className="size-4 shrink-0 text-muted opacity-0 group-hover/thread:opacity-100 rtl:-scale-x-100"
      />
    </PlaceLink>
  )
}
