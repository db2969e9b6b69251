'use client'
import { useSyncExternalStore } from 'react'
import { formatRelative, formatTime } from './format-time.ts'
import { useHydrated } from './hydrated.ts'
import { Tooltip } from './tooltip.tsx'
import { useUiLocale } from './ui-locale.ts'

export type TimestampProps = {
  /** Milliseconds since 1970, or what Date reads. */
  at: number | string | Date
  format?: 'time' | 'short' | 'relative'
  className?: string
}

/** Relative times are told anew this often, by one clock for the whole page. */
const tickEvery = 30_000
const tick = (listener: () => void) => {
  const timer = setInterval(listener, tickEvery)
  return () => clearInterval(timer)
}
const currentTick = () => Math.floor(Date.now() / tickEvery) * tickEvery

/** A moment, short in the line and to the second in its tooltip, in the reader's language and zone. */
export function Timestamp({ at, format = 'short', className }: TimestampProps) {
  const { locale, timeZone } = useUiLocale()
  const hydrated = useHydrated()
  const date = at instanceof Date ? at : new Date(at)
  // The server knows neither zone nor language of the reader: it says the moment in UTC until the page runs.
  const zone = hydrated ? timeZone : 'UTC'
  const element = (
    <time dateTime={date.toISOString()} className={className}>
      {format === 'relative' && hydrated ? (
        <Relative date={date} />
      ) : (
        formatTime(date, format === 'relative' ? 'short' : format, hydrated ? locale : (locale ?? 'en'), zone)
      )}
    </time>
  )
  return <Tooltip content={<Precise date={date} />}>{element}</Tooltip>
}

function Relative({ date }: { date: Date }) {
  const { locale, timeZone } = useUiLocale()
  useSyncExternalStore(tick, currentTick, currentTick)
  return formatRelative(date, new Date(), locale, timeZone)
}

/** Made when it is looked at: a list has hundreds of moments, and reading one takes the language's whole machinery. */
function Precise({ date }: { date: Date }) {
  const { locale, timeZone } = useUiLocale()
  return formatTime(date, 'precise', locale, timeZone)
}
