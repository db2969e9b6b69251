'use client'
import { formatNumber, StatCard, useUiLocale } from '@parley/ui'
import type { Overview } from './words.ts'

/** What is set up, and what the last day came to. */
export function StatRow({ overview }: { overview: Overview | undefined }) {
  const { locale } = useUiLocale()
  const number = (value: number) => formatNumber(value, locale)
  const sum = (of: 'pushed' | 'mailed' | 'withdrawn' | 'failed' | 'waiting') =>
    overview && number(overview.hours.reduce((all, hour) => all + hour[of], 0))
  const push = overview?.push
  return (
    <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      <StatCard
        label="Push"
        value={push && (push.configured ? 'Set up' : 'Not set up')}
        hint={
          push &&
          (push.configured
            ? `${number(push.devices)} devices of ${number(push.people)} people`
            : 'Notifications go by e-mail.')
        }
      />
      <StatCard
        label="Pushed in 24 hours"
        value={sum('pushed')}
        hint={overview && `${sum('mailed')} by e-mail`}
      />
      <StatCard
        label="Read before they went out"
        value={sum('withdrawn')}
        hint="Withdrawn, or nowhere to send"
      />
      <StatCard
        label="Failed in 24 hours"
        value={sum('failed')}
        hint={overview && `${sum('waiting')} still waiting`}
      />
    </div>
  )
}
