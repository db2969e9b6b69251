'use client'
import { TimeChart, useUiLocale } from '@parley/ui'
import { useMemo } from 'react'
import type { Preview } from './words.ts'

type Month = Preview['months'][number]

/** Every month from the first to the last, also those in which nothing would go. */
function filled(months: readonly Month[]): Month[] {
  const last = months.at(-1)?.month
  const known = new Map(months.map((month) => [month.month, month]))
  const all: Month[] = []
  for (let at = months[0]?.month; at !== undefined && last !== undefined && at <= last; at = after(at))
    all.push(known.get(at) ?? { month: at, messages: 0, files: 0, bytes: 0 })
  return all
}

function after(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 7)
}

/** What would go, by the month in which it was sent. */
export function MonthPlot({ months }: { months: readonly Month[] }) {
  const { locale } = useUiLocale()
  const all = useMemo(() => filled(months), [months])
  const moments = useMemo(() => {
    const name = (style: 'short' | 'long') =>
      new Intl.DateTimeFormat(locale, { month: style, year: 'numeric', timeZone: 'UTC' })
    const [short, full] = [name('short'), name('long')]
    return all.map(({ month }) => ({
      short: short.format(Date.parse(`${month}-01`)),
      full: full.format(Date.parse(`${month}-01`)),
    }))
  }, [all, locale])
  return (
    <TimeChart
      title="What would go"
      unit="messages"
      note="By the month in which it was sent, UTC."
      as="bars"
      height={160}
      moments={moments}
      series={[{ name: 'Messages', values: all.map((month) => month.messages) }]}
    />
  )
}
