'use client'
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'
import { formatNumber } from '../format-number.ts'
import { useUiLocale } from '../ui-locale.ts'
import { Axes } from './axes.tsx'
import { ChartFrame } from './chart-frame.tsx'
import { Marks } from './marks.tsx'
import { ticksFor } from './scale.ts'
import { useWidth } from './use-width.ts'

export type Series = {
  name: string
  /** One for each moment; null where nothing is known. */
  values: readonly (number | null)[]
}

export type TimeChartProps = {
  title: string
  /** What one of it is called, in the plural: "messages", "ms". */
  unit: string
  /** The moments, in words, oldest first; short ones for the axis, full ones for the pointer and the table. */
  moments: readonly { short: string; full: string }[]
  series: readonly Series[]
  /** Bars for what is counted in a time, a line for what is measured at a time. */
  as: 'bars' | 'line'
  /** Under the title: over which time, in which zone. */
  note?: string
  /** Counts are whole; measurements need not be. */
  whole?: boolean
  height?: number
}

export type Plot = {
  width: number
  height: number
  left: number
  /** Where a moment stands, and how wide it is. */
  x: (at: number) => number
  band: number
  y: (value: number) => number
}

const margin = { top: 10, right: 12, bottom: 24, left: 48 }
const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, PageUp: -7, PageDown: 7 }

/**
 * Figures over time with real axes. The pointer, or arrow keys, read single moments; the same figures stand in a table
 * behind a button.
 */
export function TimeChart(props: TimeChartProps) {
  const { title, unit, moments, series, as, whole = true, height = 200 } = props
  const { locale } = useUiLocale()
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box, 600)
  const [at, setAt] = useState<number | null>(null)
  const count = moments.length
  const ticks = ticksFor(
    Math.max(0, ...series.flatMap((one) => one.values.map((value) => value ?? 0))),
    whole,
  )
  const inner = { width: width - margin.left - margin.right, height: height - margin.top - margin.bottom }
  const band = inner.width / Math.max(1, count)
  const plot: Plot = {
    width,
    height,
    left: margin.left,
    band,
    x: (moment) => margin.left + (moment + 0.5) * band,
    y: (value) => margin.top + inner.height * (1 - value / (ticks.at(-1) ?? 1)),
  }
  const number = (value: number | null | undefined) =>
    value === null || value === undefined ? 'not known' : formatNumber(value, locale)
  const says = (moment: number) =>
    series.map((one) => `${series.length > 1 ? `${one.name} ` : ''}${number(one.values[moment])} ${unit}`)

  const point = (event: PointerEvent<Element>) => {
    const { left } = event.currentTarget.getBoundingClientRect()
    const moment = Math.floor((event.clientX - left - margin.left) / band)
    setAt(moment < 0 || moment >= count ? null : moment)
  }
  const press = (event: KeyboardEvent) => {
    const step = steps[event.key]
    if (event.key === 'Escape') setAt(null)
    if (step === undefined) return
    event.preventDefault()
    setAt((now) => Math.max(0, Math.min(count - 1, (now ?? count) + step)))
  }
  const shown = at !== null && at < count ? at : null

  return (
    <ChartFrame {...props} number={number}>
      <div ref={box} className="relative">
        <div
          role="slider"
          tabIndex={0}
          aria-label={title}
          aria-valuemin={0}
          aria-valuemax={Math.max(0, count - 1)}
          aria-valuenow={shown ?? Math.max(0, count - 1)}
          aria-valuetext={
            count > 0
              ? `${moments[shown ?? count - 1]?.full}: ${says(shown ?? count - 1).join(', ')}`
              : 'nothing yet'
          }
          onPointerMove={point}
          onPointerLeave={() => setAt(null)}
          onPointerDown={point}
          onKeyDown={press}
          onBlur={() => setAt(null)}
          className="rounded-sm"
        >
          <svg width={width} height={height} aria-hidden="true" className="block max-w-full">
            <Axes plot={plot} ticks={ticks} moments={moments} />
            {series.map((one, index) => (
              <Marks key={one.name} plot={plot} values={one.values} as={as} color={index} at={shown} />
            ))}
          </svg>
        </div>
        {shown !== null && (
          <div
            aria-hidden="true"
            style={{ left: Math.min(Math.max(plot.x(shown), 80), width - 80) }}
            className="pointer-events-none absolute top-0 z-10 -translate-x-1/2 whitespace-nowrap rounded-sm bg-float px-2.5 py-1.5 text-sm shadow-float"
          >
            <div className="text-muted text-xs">{moments[shown]?.full}</div>
            {says(shown).map((line) => (
              <div key={line} className="font-medium text-strong tabular-nums">
                {line}
              </div>
            ))}
          </div>
        )}
      </div>
    </ChartFrame>
  )
}
