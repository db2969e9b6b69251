'use client'
import type { Conversation, Id } from '@parley/protocol'
import { Hash, Lock, Users } from 'lucide-react'
import { PersonAvatar, PresentAvatar } from '../people/person-name.tsx'
import { othersIn } from './titles.ts'

/** A sign for the kind of conversation, the same wherever it is listed. */
export function ConversationIcon({
  conversation,
  me,
  present = false,
}: {
  conversation: Conversation
  me: Id
  /** With how the other person is. */
  present?: boolean
}) {
  const Face = present ? PresentAvatar : PersonAvatar
  switch (conversation.kind) {
    case 'public':
      return <Hash aria-hidden="true" className="mx-0.5 size-4 shrink-0 opacity-70" />
    case 'private':
      return <Lock aria-label="Private" className="mx-0.5 size-4 shrink-0 opacity-70" />
    case 'group':
      return <Users aria-hidden="true" className="mx-0.5 size-4 shrink-0 opacity-70" />
    case 'direct':
      return <Face id={othersIn(conversation, me)[0] ?? me} size={20} />
  }
}
