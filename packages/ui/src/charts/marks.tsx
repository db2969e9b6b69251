import type { Plot } from './time-chart.tsx'

const fills = ['fill-chart-1', 'fill-chart-2', 'fill-chart-3', 'fill-chart-4'] as const
const strokes = ['stroke-chart-1', 'stroke-chart-2', 'stroke-chart-3', 'stroke-chart-4'] as const
export const swatches = ['bg-chart-1', 'bg-chart-2', 'bg-chart-3', 'bg-chart-4'] as const

/** One line, broken where nothing is known. */
function path(plot: Plot, values: readonly (number | null)[]): string {
  return values
    .map((value, at) => {
      if (value === null) return ''
      const before = values[at - 1]
      const begins = before === null || before === undefined
      return `${begins ? 'M' : 'L'}${plot.x(at).toFixed(1)} ${plot.y(value).toFixed(1)}`
    })
    .join('')
}

/** The figures of one series: bars, or a line with a point under the pointer. */
export function Marks({
  plot,
  values,
  as,
  color,
  at,
}: {
  plot: Plot
  values: readonly (number | null)[]
  as: 'bars' | 'line'
  color: number
  at: number | null
}) {
  const tone = color % fills.length
  if (as === 'bars') {
    const width = Math.max(1, Math.min(plot.band * 0.7, 28))
    return (
      <g className={fills[tone]}>
        {values.map((value, moment) => (
          <rect
            key={moment}
            x={plot.x(moment) - width / 2}
            y={plot.y(value ?? 0)}
            width={width}
            height={Math.max(0, plot.y(0) - plot.y(value ?? 0))}
            rx={Math.min(2, width / 3)}
            opacity={at === null || at === moment ? 1 : 0.45}
          />
        ))}
      </g>
    )
  }
  const here = at === null ? null : values[at]
  return (
    <g>
      {at !== null && color === 0 && (
        <line
          x1={plot.x(at)}
          x2={plot.x(at)}
          y1={plot.y(0)}
          y2={8}
          className="stroke-line-strong"
          strokeDasharray="3 3"
        />
      )}
      <path
        d={path(plot, values)}
        fill="none"
        strokeWidth={2}
        strokeLinejoin="round"
        strokeLinecap="round"
        className={strokes[tone]}
      />
      {at !== null && here !== null && here !== undefined && (
        <circle cx={plot.x(at)} cy={plot.y(here)} r={4} className={fills[tone]} />
      )}
    </g>
  )
}
