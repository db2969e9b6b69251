'use client'
import { classes, formatNumber, Tooltip, useUiLocale } from '@parley/ui'
import { countsInWords, type Preview } from './words.ts'

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
  const all = filled(months)
  const most = Math.max(...all.map((month) => month.messages), 1)
  const name = (month: string, style: 'short' | 'long') =>
    new Intl.DateTimeFormat(locale, { month: style, year: 'numeric', timeZone: 'UTC' }).format(
      new Date(`${month}-01T00:00:00Z`),
    )
  return (
    <figure className="flex flex-col gap-1.5">
      <figcaption className="flex justify-between text-muted text-sm">
        <span>Messages that would go, by the month they were sent in (UTC)</span>
        <span className="tabular-nums">most: {formatNumber(most, locale)}</span>
      </figcaption>
      <div className="flex h-32 items-end gap-px border-b" aria-hidden="true">
        {all.map((month) => (
          <Tooltip
            key={month.month}
            content={`${name(month.month, 'long')}: ${countsInWords(month, locale)}`}
          >
            <span className="group flex h-full min-w-0.5 flex-1 items-end">
              <span
                className={classes(
                  'w-full rounded-t-[2px] bg-danger/70 group-hover:bg-danger',
                  month.messages === 0 && 'bg-transparent',
                )}
                style={{ height: `${Math.max((month.messages / most) * 100, month.messages > 0 ? 2 : 0)}%` }}
              />
            </span>
          </Tooltip>
        ))}
      </div>
      <div className="flex justify-between text-muted text-xs" aria-hidden="true">
        <span>{all[0] && name(all[0].month, 'short')}</span>
        {all.length > 1 && <span>{name(all.at(-1)!.month, 'short')}</span>}
      </div>
      <details className="text-sm">
        <summary className="w-fit cursor-pointer rounded-sm text-accent-text">As a table</summary>
        <table className="mt-1.5 tabular-nums">
          <thead className="text-muted">
            <tr>
              <th className="pe-6 text-start font-medium">Month</th>
              <th className="pe-6 text-end font-medium">Messages</th>
              <th className="text-end font-medium">Files</th>
            </tr>
          </thead>
          <tbody>
            {months.map((month) => (
              <tr key={month.month}>
                <td className="pe-6">{name(month.month, 'long')}</td>
                <td className="pe-6 text-end">{formatNumber(month.messages, locale)}</td>
                <td className="text-end">{formatNumber(month.files, locale)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  )
}
