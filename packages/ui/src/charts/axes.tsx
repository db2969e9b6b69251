'use client'
import { useUiLocale } from '../ui-locale.ts'
import { labelsThatFit } from './scale.ts'
import type { Plot } from './time-chart.tsx'

/** Pixels that a moment's short name needs. */
const room = 56

/** Lines across with their figures, and the moments below. */
export function Axes({
  plot,
  ticks,
  moments,
}: {
  plot: Plot
  ticks: readonly number[]
  moments: readonly { short: string }[]
}) {
  const { locale } = useUiLocale()
  const compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 2 })
  return (
    <g className="fill-muted text-xs">
      {ticks.map((tick) => (
        <g key={tick}>
          <line
            x1={plot.left}
            x2={plot.width}
            y1={plot.y(tick)}
            y2={plot.y(tick)}
            className={tick === 0 ? 'stroke-line-strong' : 'stroke-line'}
            shapeRendering="crispEdges"
          />
          <text
            x={plot.left - 8}
            y={plot.y(tick)}
            textAnchor="end"
            dominantBaseline="middle"
            className="tabular-nums"
          >
            {compact.format(tick)}
          </text>
        </g>
      ))}
      {labelsThatFit(moments.length, plot.width - plot.left, room).map((at) => (
        <text
          key={at}
          x={Math.min(plot.x(at), plot.width - room / 2)}
          y={plot.height - 6}
          textAnchor="middle"
        >
          {moments[at]?.short}
        </text>
      ))}
    </g>
  )
}
