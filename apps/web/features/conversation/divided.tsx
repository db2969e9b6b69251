'use client'
import type { Message } from '@parley/protocol'
import { classes, formatDay, useUiLocale } from '@parley/ui'
import type { ReactNode } from 'react'
import { useShell } from '../shell/shell-context.ts'
import { sameDay } from './grouping.ts'

/** A message under the day that begins with it, and under "new". */
export function Divided({
  message,
  before,
  first,
  isNew,
  children,
}: {
  message: Message
  before: Message | undefined
  first: boolean
  isNew: boolean
  children: ReactNode
}) {
  const { locale, timeZone } = useUiLocale()
  const { open } = useShell()
  const day = first || (before !== undefined && !sameDay(before.at, message.at))
  if (!day && !isNew) return children
  return (
    <>
      <div
        className={classes(
          'mx-5 flex h-9 items-center gap-3 text-xs max-sm:mx-3',
          isNew ? 'text-danger-text' : 'text-muted',
        )}
      >
        <span className={classes('h-px flex-1', isNew ? 'bg-danger' : 'bg-line')} />
        {day && (
          <button
            type="button"
            title="Jump to a day or the beginning"
            onClick={() => open({ kind: 'jump', conversation: message.conversation })}
            className="rounded-full px-2 py-1 font-medium hover:bg-surface-2 hover:text-strong"
          >
            <time dateTime={new Date(message.at).toISOString()}>
              {formatDay(new Date(message.at), new Date(), locale, timeZone)}
            </time>
          </button>
        )}
        {day && <span className={classes('h-px flex-1', isNew ? 'bg-danger' : 'bg-line')} />}
        {isNew && <span className="font-semibold">New</span>}
      </div>
      {children}
    </>
  )
}
