'use client'
import { ChartColumn, Table2 } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import { IconButton } from '../icon-button.tsx'
import { swatches } from './marks.tsx'
import type { TimeChartProps } from './time-chart.tsx'

/** Title, legend, and the same figures as a table. */
export function ChartFrame({
  title,
  note,
  unit,
  moments,
  series,
  height = 200,
  number,
  children,
}: TimeChartProps & { number: (value: number | null | undefined) => string; children: ReactNode }) {
  const id = useId()
  const [table, setTable] = useState(false)
  return (
    <section aria-labelledby={id} className="flex min-w-0 flex-col gap-2 rounded-lg border p-4">
      <header className="flex items-start justify-between gap-2">
        <div className="min-w-0">
          <h2 id={id} className="font-semibold text-strong">
            {title}
          </h2>
          {note && <p className="text-muted text-sm">{note}</p>}
        </div>
        <IconButton
          size="small"
          label={table ? 'Show as chart' : 'Show as table'}
          icon={table ? ChartColumn : Table2}
          onClick={() => setTable(!table)}
        />
      </header>
      {series.length > 1 && (
        <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
          {series.map((one, index) => (
            <li key={one.name} className="flex items-center gap-1.5">
              <span
                aria-hidden="true"
                className={`size-2.5 rounded-[3px] ${swatches[index % swatches.length]}`}
              />
              {one.name}
            </li>
          ))}
        </ul>
      )}
      {table ? (
        <div className="overflow-auto" style={{ height }}>
          <table className="w-full text-sm tabular-nums">
            <caption className="sr-only">{title}</caption>
            <thead className="sticky top-0 bg-surface-0 text-muted">
              <tr>
                <th scope="col" className="py-1 text-start font-medium">
                  When
                </th>
                {series.map((one) => (
                  <th key={one.name} scope="col" className="py-1 text-end font-medium">
                    {series.length > 1 ? `${one.name}, ${unit}` : unit}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {moments
                .map((moment, at) => (
                  <tr key={moment.full}>
                    <th scope="row" className="border-t py-1 text-start font-normal">
                      {moment.full}
                    </th>
                    {series.map((one) => (
                      <td key={one.name} className="border-t py-1 text-end text-strong">
                        {number(one.values[at])}
                      </td>
                    ))}
                  </tr>
                ))
                .reverse()}
            </tbody>
          </table>
        </div>
      ) : (
        children
      )}
    </section>
  )
}
