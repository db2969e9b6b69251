'use client'
import type { Id } from '@parley/protocol'
import { useNames } from '../people/people-store.ts'
import { useTyping } from '../session/use-sync.ts'

/** Past this many, their names say less than their number. */
const named = 3

/** Who is writing. Its line is always there, so that nothing moves when somebody begins. */
export function TypingLine({ conversation, root = null }: { conversation: Id; root?: Id | null }) {
  const people = useTyping(conversation)
    .filter((each) => each.root === root)
    .map((each) => each.person)
  const nameOf = useNames(people)
  const list = new Intl.ListFormat(undefined, { type: 'conjunction' })
  const words =
    people.length === 0
      ? ''
      : people.length > named
        ? 'Several people are writing…'
        : `${list.format(people.map(nameOf))} ${people.length === 1 ? 'is' : 'are'} writing…`
  return (
    <p aria-live="polite" className="h-5 truncate px-1 text-muted text-xs leading-5">
      {words}
    </p>
  )
}
