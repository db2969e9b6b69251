const size = { width: 120, height: 28 }
const edge = 2

/** The run of one figure, without axes: the figure itself stands beside it. Nothing below two values. */
export function Sparkline({ values, label }: { values: readonly number[]; label: string }) {
  if (values.length < 2) return <svg height={size.height} aria-hidden="true" />
  const most = Math.max(...values)
  const least = Math.min(...values)
  const span = most - least || 1
  const x = (at: number) => (at / (values.length - 1)) * size.width
  const y = (value: number) => edge + (1 - (value - least) / span) * (size.height - 2 * edge)
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size.width} ${size.height}`}
      preserveAspectRatio="none"
      height={size.height}
      className="w-full"
    >
      <polyline
        points={values.map((value, at) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`).join(' ')}
        fill="none"
        vectorEffect="non-scaling-stroke"
        strokeWidth={1.5}
        className="stroke-chart-1"
      />
    </svg>
  )
}
