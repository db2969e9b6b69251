'use client'
import type { Id } from '@parley/protocol'
import { classes } from '@parley/ui'
import { PersonName } from '../people/person-name.tsx'
import { useConversation, useMe } from '../session/use-sync.ts'
import { pathTo } from '../shell/place.ts'
import { PlaceLink } from '../shell/place-link.tsx'
import type { MentionToken } from './parse.ts'

const style = 'rounded-[4px] px-0.5 font-medium'

/** What concerns me stands out from what concerns others. */
export function Mention({ token }: { token: MentionToken }) {
  const me = useMe()
  if (token.who === 'conversation') return <ConversationMention id={token.id} />
  const mine = token.who !== 'person' || token.id === me.id
  return (
    <span
      className={classes(style, mine ? 'bg-mention text-mention-text' : 'bg-accent-soft text-accent-text')}
    >
      @{token.who === 'person' ? <PersonName id={token.id} /> : token.who}
    </span>
  )
}

function ConversationMention({ id }: { id: Id }) {
  const mine = useConversation(id)
  if (!mine) return <span className={classes(style, 'text-muted')}>#channel</span>
  return (
    <PlaceLink
      href={pathTo(id)}
      className={classes(style, 'bg-accent-soft text-accent-text hover:underline')}
    >
      #{mine.conversation.name}
    </PlaceLink>
  )
}
