'use client'
import { Badge, type Column, EmptyState, Table, Timestamp } from '@parley/ui'
import { BellRing } from 'lucide-react'
import { Section } from '../list/facts.tsx'
import { REASONS, STATES, stepInWords, type Trouble } from './words.ts'

const lastTrouble = ({ steps }: Trouble) =>
  steps.findLast(({ step }) => step === 'push failed' || step === 'token dropped') ?? steps.at(-1)

const columns: Column<Trouble>[] = [
  { id: 'at', header: 'When', width: '16%', cell: ({ at }) => <Timestamp at={at} format="relative" /> },
  {
    id: 'person',
    header: 'To',
    width: '22%',
    cell: ({ person }) => <span className="font-medium">{person.name}</span>,
  },
  { id: 'reason', header: 'Why', from: 'md', width: '16%', cell: ({ reason }) => REASONS[reason] },
  {
    id: 'what',
    header: 'What happened',
    from: 'sm',
    cell: (trouble) => {
      const step = lastTrouble(trouble)
      return step ? stepInWords(step) : ''
    },
  },
  {
    id: 'state',
    header: 'Now',
    width: '7rem',
    cell: ({ state }) => <Badge tone={STATES[state].tone}>{STATES[state].says}</Badge>,
  },
]

/** Notifications that a device could not be told of, and those that came to nobody. */
export function TroublesTable({
  troubles,
  current,
  onOpen,
}: {
  troubles: readonly Trouble[] | undefined
  current: string | undefined
  onOpen: (trouble: Trouble) => void
}) {
  return (
    <Section title="What went wrong in the last 24 hours">
      <Table
        label="What went wrong"
        columns={columns}
        rows={troubles}
        rowKey={({ id }) => id}
        rowName={({ person }) => `Notification to ${person.name}`}
        {...(current === undefined ? {} : { current })}
        onOpen={onOpen}
        expectedRows={4}
        empty={
          <EmptyState icon={BellRing} title="Nothing went wrong">
            Every device that was to be told could be told.
          </EmptyState>
        }
      />
    </Section>
  )
}
