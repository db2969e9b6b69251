'use client'
import type { Id } from '@parley/protocol'
import { formatNumber, useUiLocale } from '@parley/ui'
import { useOnline } from '../session/use-sync.ts'

/** "85 online": where there is room for it. On a phone the list of people says it. */
export function OnlineCount({ conversation }: { conversation: Id }) {
  const { locale } = useUiLocale()
  const online = useOnline(conversation)
  if (online === undefined) return null
  return (
    <span className="shrink-0 px-2 text-muted text-sm tabular-nums max-md:hidden">
      {formatNumber(online, locale)} online
    </span>
  )
}
