'use client'
import { TimeChart, useUiLocale } from '@parley/ui'
import { useMemo } from 'react'
import type { Overview } from './words.ts'

/** What became of the notifications of each hour. */
export function HoursChart({ hours }: { hours: Overview['hours'] }) {
  const { locale, timeZone } = useUiLocale()
  const moments = useMemo(() => {
    const short = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone })
    const full = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone })
    return hours.map(({ at }) => ({ short: short.format(at), full: `The hour from ${full.format(at)}` }))
  }, [hours, locale, timeZone])
  return (
    <TimeChart
      title="Notifications, by the hour of their message"
      unit="notifications"
      note={`The last 24 hours${timeZone ? `, in ${timeZone}` : ''}; this hour is not over.`}
      as="line"
      moments={moments}
      series={[
        { name: 'Pushed', values: hours.map((hour) => hour.pushed) },
        { name: 'By e-mail', values: hours.map((hour) => hour.mailed) },
        { name: 'Read in time', values: hours.map((hour) => hour.withdrawn) },
        { name: 'Failed', values: hours.map((hour) => hour.failed) },
      ]}
    />
  )
}
