'use client'
import type { Id } from '@parley/protocol'
import { classes, Timestamp } from '@parley/ui'
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

/**
 * The same in words, and when they were last active, if they are not and let others know. Where there is room for one,
 * the words.
 */
export function PresenceLine({ person, className }: { person: Id; className?: string }) {
  const presence = usePresence(person)
  const status = presence?.status
  const lastActive = presence?.lastActive
  if (!status && lastActive === undefined) return null
  return (
    <span className={classes('@container flex gap-1.5', className)}>
      {status && (
        <span dir="auto" title={status.text} className="min-w-0 truncate">
          {[status.emoji, status.text].filter(Boolean).join(' ')}
        </span>
      )}
      {status && lastActive !== undefined && (
        <span aria-hidden="true" className="@max-[14rem]:hidden">
          ·
        </span>
      )}
      {lastActive !== undefined && (
        <span className={classes('truncate', status && 'shrink-0 @max-[14rem]:hidden')}>
          Active <Timestamp at={lastActive} format="ago" />
        </span>
      )}
    </span>
  )
}
