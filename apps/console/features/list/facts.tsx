import type { ReactNode } from 'react'

/** Names and values of one thing, one a line; a fact without a value is left out. */
export function Facts({ facts }: { facts: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className="grid grid-cols-[minmax(7rem,auto)_1fr] gap-x-4 gap-y-2">
      {facts
        .filter(([, value]) => value !== null && value !== undefined && value !== false && value !== '')
        .map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className="min-w-0 text-strong wrap-anywhere">{value}</dd>
          </div>
        ))}
    </dl>
  )
}

/** A part of a panel or page, under its heading. */
export function Section({ title, end, children }: { title: string; end?: ReactNode; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-2.5">
      <div className="flex min-h-7 items-center justify-between gap-2">
        <h3 className="font-semibold text-strong">{title}</h3>
        {end}
      </div>
      {children}
    </section>
  )
}
