'use client'
import { Timestamp } from '@parley/ui'
import { MessageSquareReply } from 'lucide-react'
import type { SearchHit as Hit } from '../api/procedures.ts'
import { titleOf, useTitles } from '../conversation/titles.ts'
import { PersonAvatar, PersonName } from '../people/person-name.tsx'
import { useConversation } from '../session/use-sync.ts'
import { pathToMessage, pathToThread } from '../shell/place.ts'
import { PlaceLink } from '../shell/place-link.tsx'
import { Snippet } from './snippet.tsx'

/** One message that matched; leads to it among the others. */
export function SearchHit({ hit }: { hit: Hit }) {
  const mine = useConversation(hit.conversation)
  const titles = useTitles(mine ? [mine.conversation] : [])
  const where = mine ? `${mine.conversation.name ? '#' : ''}${titleOf(mine.conversation, titles)}` : ''
  return (
    <PlaceLink
      href={
        hit.root
          ? pathToThread(hit.conversation, hit.root, hit.ordinal)
          : pathToMessage(hit.conversation, hit.ordinal)
      }
      className="block px-4 py-3 -outline-offset-2 hover:bg-surface-1"
    >
      <p className="flex items-baseline gap-2 text-muted text-xs">
        <span className="truncate">{where}</span>
        {hit.root && <MessageSquareReply aria-label="Reply in a thread" className="size-3 shrink-0" />}
        <Timestamp at={hit.at} className="ms-auto shrink-0" />
      </p>
      <p className="mt-1 flex items-center gap-2">
        <PersonAvatar id={hit.sender} size={20} />
        <PersonName id={hit.sender} className="truncate font-semibold text-strong" />
      </p>
      <Snippet text={hit.snippet} />
    </PlaceLink>
  )
}
