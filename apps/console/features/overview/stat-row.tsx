'use client'
import { formatBytes, formatCount, formatNumber, Sparkline, StatCard, useUiLocale } from '@parley/ui'
import type { ReactNode } from 'react'
import type { Figures, Sample } from './use-figures.ts'

const known = (values: (number | null)[]) => values.filter((value) => value !== null)

/** Who stands in the list of people beside those who may sign in: nobody is told of imports that never were. */
const besideActive = (people: Figures['people'], number: (value: number) => string) =>
  [
    ...(people.imported > 0 ? [`${number(people.imported)} imported`] : []),
    `${number(people.invited)} invited`,
    `${number(people.deactivated)} deactivated`,
  ].join(', ')

/** What there is at this moment. */
export function StatRow({ figures, samples }: { figures: Figures | undefined; samples: readonly Sample[] }) {
  const { locale } = useUiLocale()
  const number = (value: number) => formatNumber(value, locale)
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 })
  const now = samples.at(-1)
  const sum = (which: 'waiting' | 'active' | 'delayed') =>
    number(Object.values(figures?.queue ?? {}).reduce((all, jobs) => all + jobs[which], 0))
  const cards: {
    label: string
    value: string | undefined
    unit?: string
    hint?: string
    more?: ReactNode
  }[] = [
    {
      label: 'People',
      value: figures && number(figures.people.active),
      hint: figures && besideActive(figures.people, number),
    },
    {
      label: 'Seen within a day',
      value: figures && number(figures.seenToday),
      hint:
        figures && figures.people.active > 0
          ? `${share.format(figures.seenToday / figures.people.active)} of all people`
          : undefined,
    },
    {
      label: 'Messages today',
      value: figures && number(figures.days.at(-1)?.messages ?? 0),
      hint:
        figures &&
        `by ${formatCount(figures.days.at(-1)?.writers ?? 0, ['person', 'people'], locale)}, since 00:00 UTC`,
    },
    {
      label: 'Channels',
      value: figures && number(figures.channels),
      hint: figures && formatCount(figures.people.bots, ['bot', 'bots'], locale),
    },
    {
      label: 'Files',
      value: figures && formatBytes(figures.bytes, locale),
      hint: figures && `in ${formatCount(figures.files, ['file', 'files'], locale)}`,
    },
    {
      label: 'Connections',
      value:
        figures && (now?.connections === null || now === undefined ? 'not known' : number(now.connections)),
      hint: figures?.nodes ? `to ${formatCount(figures.nodes.length, ['node', 'nodes'], locale)}` : undefined,
      more: (
        <Sparkline
          values={known(samples.map((each) => each.connections))}
          label="Since the page was opened"
        />
      ),
    },
    {
      label: 'Delivery, 99 % within',
      value: figures && (now?.p99 === null || now === undefined ? '—' : number(Math.round(now.p99))),
      unit: now?.p99 === null || now === undefined ? undefined : 'ms',
      hint:
        now?.p50 === null || now === undefined
          ? 'nothing sent lately'
          : `half within ${number(Math.round(now.p50))} ms`,
      more: <Sparkline values={known(samples.map((each) => each.p99))} label="Since the page was opened" />,
    },
    {
      label: 'Jobs waiting',
      value: figures && (figures.queue ? sum('waiting') : 'not known'),
      hint: figures?.queue ? `${sum('active')} under way, ${sum('delayed')} for later` : undefined,
    },
  ]
  return (
    <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      {cards.map(({ label, value, unit, hint, more }) => (
        <StatCard key={label} label={label} value={value} unit={unit} hint={hint}>
          {more}
        </StatCard>
      ))}
    </div>
  )
}
