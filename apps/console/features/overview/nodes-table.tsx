'use client'
import { Badge, type Column, EmptyState, formatNumber, Table, Timestamp, useUiLocale } from '@parley/ui'
import { ServerOff } from 'lucide-react'
import { useMemo } from 'react'
import { Section } from '../list/facts.tsx'
import type { Figures } from './use-figures.ts'

type Node = NonNullable<Figures['nodes']>[number]

const STATES = {
  ready: { says: 'Ready', tone: 'success' },
  full: { says: 'Full', tone: 'warning' },
  failing: { says: 'Failing', tone: 'danger' },
  draining: { says: 'Ending', tone: 'neutral' },
} as const satisfies Record<Node['state'], unknown>

/** Each realtime node as it last said. */
export function NodesTable({ nodes }: { nodes: readonly Node[] }) {
  const { locale } = useUiLocale()
  const columns = useMemo((): Column<Node>[] => {
    const milliseconds = (value: number | null) =>
      value === null ? '—' : `${formatNumber(Math.round(value * 10) / 10, locale)} ms`
    return [
      { id: 'node', header: 'Node', cell: (node) => <span className="font-medium">{node.node}</span> },
      {
        id: 'state',
        header: 'State',
        cell: ({ state }) => <Badge tone={STATES[state].tone}>{STATES[state].says}</Badge>,
      },
      { id: 'region', header: 'Region', from: 'lg', cell: (node) => node.region },
      {
        id: 'connections',
        header: 'Connections',
        align: 'end',
        cell: (node) => formatNumber(node.connections, locale),
      },
      {
        id: 'p50',
        header: 'Half within',
        align: 'end',
        from: 'md',
        cell: (node) => milliseconds(node.deliveryP50),
      },
      { id: 'p99', header: '99 % within', align: 'end', cell: (node) => milliseconds(node.deliveryP99) },
      {
        id: 'loop',
        header: 'Loop delay',
        align: 'end',
        from: 'md',
        cell: (node) => milliseconds(node.eventLoopP99),
      },
      { id: 'at', header: 'Said', from: 'lg', cell: (node) => <Timestamp at={node.at} format="relative" /> },
    ]
  }, [locale])
  return (
    <Section title="Realtime nodes">
      <Table
        label="Realtime nodes"
        columns={columns}
        rows={nodes}
        rowKey={(node) => node.node}
        rowName={(node) => node.node}
        empty={<EmptyState compact icon={ServerOff} title="No node has said anything lately" />}
      />
    </Section>
  )
}
