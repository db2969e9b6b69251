'use client'
import { Badge, type Column, formatNumber, Table, useUiLocale } from '@parley/ui'
import { useMemo } from 'react'
import { Section } from '../list/facts.tsx'
import type { Figures } from './use-figures.ts'

type Jobs = { name: string } & NonNullable<Figures['queue']>[string]

/** What the workers have to do, by kind of job. */
export function QueueTable({ queue }: { queue: NonNullable<Figures['queue']> }) {
  const { locale } = useUiLocale()
  const rows = useMemo(() => Object.entries(queue).map(([name, jobs]) => ({ name, ...jobs })), [queue])
  const columns = useMemo((): Column<Jobs>[] => {
    const figure = (id: Exclude<keyof Jobs, 'name'>, header: string, from?: 'sm' | 'md'): Column<Jobs> => ({
      id,
      header,
      align: 'end',
      from,
      cell: (jobs) =>
        id === 'failed' && jobs.failed > 0 ? (
          <Badge tone="danger">{formatNumber(jobs.failed, locale)}</Badge>
        ) : (
          formatNumber(jobs[id], locale)
        ),
    })
    return [
      {
        id: 'name',
        header: 'Job',
        width: '40%',
        cell: (jobs) => <span className="font-medium">{jobs.name}</span>,
      },
      figure('waiting', 'Waiting'),
      figure('active', 'Under way', 'sm'),
      figure('delayed', 'For later', 'sm'),
      figure('failed', 'Failed'),
    ]
  }, [locale])
  return (
    <Section title="Jobs">
      <Table
        label="Jobs"
        columns={columns}
        rows={rows}
        rowKey={(jobs) => jobs.name}
        rowName={(jobs) => jobs.name}
      />
    </Section>
  )
}
