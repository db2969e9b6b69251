'use client'
import { useSyncExternalStore } from 'react'
import { formatRelative, formatTime } from './format-time.ts'
import { useHydrated } from './hydrated.ts'
import { Tooltip } from './tooltip.tsx'
import { useUiLocale } from './ui-locale.ts'

export type TimestampProps = {
  /** Milliseconds since 1970, or what Date reads. */
  at: number | string | Date
  /** `ago`: relative, and a minute ago at least, of what is over. */
  format?: 'time' | 'short' | 'relative' | 'ago'
  className?: string
}

/** Relative times are told anew this often, by one clock for the whole page. */
const tickEvery = 30_000
const minute = 60_000
const tick = (listener: () => void) => {
  const timer = setInterval(listener, tickEvery)
  return () => clearInterval(timer)
}
const currentTick = () => Math.floor(Date.now() / tickEvery) * tickEvery

/** A moment, short in the line and to the second in its tooltip, in the reader's language and zone. */
export function Timestamp({ at, format = 'short', className }: TimestampProps) {
  const { locale, timeZone } = useUiLocale()
  const hydrated = useHydrated()
  const isRelative = format === 'relative' || format === 'ago'
  const date = at instanceof Date ? at : new Date(at)
  // The server knows neither zone nor language of the reader: it says the moment in UTC until the page runs.
  const zone = hydrated ? timeZone : 'UTC'
  const element = (
    <time dateTime={date.toISOString()} className={className}>
      {isRelative && hydrated ? (
        <Relative date={date} atLeast={format === 'ago' ? minute : Number.NEGATIVE_INFINITY} />
      ) : (
        formatTime(date, isRelative ? 'short' : format, hydrated ? locale : (locale ?? 'en'), zone)
      )}
    </time>
  )
  return <Tooltip content={<Precise date={date} />}>{element}</Tooltip>
}

function Relative({ date, atLeast }: { date: Date; atLeast: number }) {
  const { locale, timeZone } = useUiLocale()
  useSyncExternalStore(tick, currentTick, currentTick)
  return formatRelative(date, new Date(Math.max(Date.now(), date.getTime() + atLeast)), locale, timeZone)
}

/** Made when it is looked at: a list has hundreds of moments, and reading one takes the language's whole machinery. */
function Precise({ date }: { date: Date }) {
  const { locale, timeZone } = useUiLocale()
  return formatTime(date, 'precise', locale, timeZone)
}
