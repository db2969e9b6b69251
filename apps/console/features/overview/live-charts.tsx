'use client'
import { TimeChart, useUiLocale } from '@parley/ui'
import { useMemo } from 'react'
import type { Sample } from './use-figures.ts'

/** What was seen since the page was opened; nothing of it is kept. */
export function LiveCharts({ samples }: { samples: readonly Sample[] }) {
  const { locale, timeZone } = useUiLocale()
  const moments = useMemo(() => {
    const clock = new Intl.DateTimeFormat(locale, {
      hour: 'numeric',
      minute: '2-digit',
      second: '2-digit',
      timeZone,
    })
    const short = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', timeZone })
    return samples.map(({ at }) => ({ short: short.format(at), full: clock.format(at) }))
  }, [samples, locale, timeZone])
  const note = 'Every ten seconds since you opened this page, in your time zone.'
  if (samples.length < 2) return null
  return (
    <div className="grid gap-3 lg:grid-cols-2">
      <TimeChart
        title="Connections"
        unit="connections"
        note={note}
        as="line"
        moments={moments}
        series={[{ name: 'Connections', values: samples.map((each) => each.connections) }]}
      />
      <TimeChart
        title="Delivery time"
        unit="ms"
        note={`From a message’s acceptance to its receivers’ sockets, on the slowest node. ${note}`}
        as="line"
        whole={false}
        moments={moments}
        series={[
          { name: 'Half within', values: samples.map((each) => each.p50) },
          { name: '99 of 100 within', values: samples.map((each) => each.p99) },
        ]}
      />
    </div>
  )
}
