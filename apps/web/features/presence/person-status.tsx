'use client'
import type { Id } from '@parley/protocol'
import { classes, Timestamp } from '@parley/ui'
import { shownEmoji, symbolFor } from '../emoji/short-names.ts'
import { usePresence } from '../session/use-sync.ts'

/** Where there is no sign for what somebody says, and no room for the words. */
const SAYS_SOMETHING = '💬'

/**
 * What somebody says of themselves, as a sign beside their name; the words are in its name and its tooltip. It has room for
 * one emoji, whatever was kept for one: it is cut before the name gives way.
 */
export function StatusMark({ person }: { person: Id }) {
  const status = usePresence(person)?.status
  if (!status) return null
  const { emoji, text } = status
  const words = text || (emoji && shownEmoji(emoji)) || ''
  return (
    <span
      role="img"
      dir="auto"
      aria-label={`Status: ${words}`}
      title={words}
      className="max-w-[1.5em] shrink-0 overflow-hidden whitespace-nowrap text-sm"
    >
      {(emoji && symbolFor(emoji)) ?? SAYS_SOMETHING}
    </span>
  )
}

/** Among words: as much of it as leaves room for them, and it turns no line but its own. */
export function StatusEmoji({ emoji }: { emoji: string }) {
  return <bdi className="inline-block max-w-32 truncate align-bottom">{shownEmoji(emoji)}</bdi>
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
          {status.emoji && <StatusEmoji emoji={status.emoji} />}
          {status.emoji && status.text && ' '}
          {status.text}
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
