'use client'
import { TimeChart, useUiLocale } from '@parley/ui'
import { useMemo } from 'react'
import type { Figures } from './use-figures.ts'

/** The last thirty days, as days are counted everywhere: by UTC. */
export function DayCharts({ days }: { days: Figures['days'] }) {
  const { locale } = useUiLocale()
  const moments = useMemo(() => {
    const short = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' })
    const full = new Intl.DateTimeFormat(locale, {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      timeZone: 'UTC',
    })
    return days.map(({ day }) => ({
      short: short.format(Date.parse(day)),
      full: full.format(Date.parse(day)),
    }))
  }, [days, locale])
  const note = 'Thirty days by UTC; today is not over.'
  return (
    <div className="grid gap-3 lg:grid-cols-2">
      <TimeChart
        title="Messages a day"
        unit="messages"
        note={note}
        as="bars"
        moments={moments}
        series={[{ name: 'Messages', values: days.map((day) => day.messages) }]}
      />
      <TimeChart
        title="People who wrote, a day"
        unit="people"
        note={note}
        as="line"
        moments={moments}
        series={[{ name: 'People', values: days.map((day) => day.writers) }]}
      />
    </div>
  )
}
