'use client'
import type { Id } from '@parley/protocol'
import { usePresence } from '../session/use-sync.ts'

/** Where somebody says something without an emoji, and there is no room for the words. */
const SAYS_SOMETHING = '💬'

/** What somebody says of themselves, as a sign beside their name; the words are in its name and its tooltip. */
export function StatusMark({ person }: { person: Id }) {
  const status = usePresence(person)?.status
  if (!status) return null
  const words = status.text || status.emoji
  return (
    <span role="img" aria-label={`Status: ${words}`} title={status.text} className="shrink-0 text-sm">
      {status.emoji ?? SAYS_SOMETHING}
    </span>
  )
}

/** The same in words. */
export function StatusLine({ person, className }: { person: Id; className?: string }) {
  const status = usePresence(person)?.status
  if (!status) return null
  return (
    <span dir="auto" title={status.text} className={className}>
      {[status.emoji, status.text].filter(Boolean).join(' ')}
    </span>
  )
}
