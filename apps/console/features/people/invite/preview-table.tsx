'use client'
import { Badge, type Column, Table, type Tone } from '@parley/ui'
import { useMemo, useState } from 'react'
import type { Outputs } from '../../api/trpc.ts'
import { FilterMenu } from '../../list/filter-menu.tsx'
import { ROLE_NAMES } from '../words.ts'

type Preview = Outputs['account']['previewInvitations']
type Row = Preview['rows'][number]
type Verdict = Row['verdict']

const NAMES = {
  fine: 'Will be invited',
  duplicate: 'Already here',
  bad: 'Cannot be',
} as const satisfies Record<Verdict, string>
const TONES = { fine: 'success', duplicate: 'neutral', bad: 'danger' } as const satisfies Record<
  Verdict,
  Tone
>
const VERDICTS = Object.keys(NAMES) as Verdict[]

const columns: readonly Column<Row>[] = [
  { id: 'line', header: 'Line', width: '4rem', align: 'end', from: 'sm', cell: (row) => row.line },
  {
    id: 'email',
    header: 'E-mail address',
    width: '34%',
    cell: (row) => <span title={row.email}>{row.email || '—'}</span>,
  },
  {
    id: 'verdict',
    header: 'Result',
    width: '8.5rem',
    cell: (row) => <Badge tone={TONES[row.verdict]}>{NAMES[row.verdict]}</Badge>,
  },
  {
    id: 'why',
    header: 'As, or why not',
    from: 'sm',
    cell: (row) => {
      const says =
        row.verdict === 'fine'
          ? [row.invitee.name, row.invitee.title, ROLE_NAMES[row.invitee.role]].filter(Boolean).join(' · ')
          : row.why
      return <span title={says}>{says}</span>
    },
  },
]

/** What would become of every row of a file. */
export function PreviewTable({ name, preview }: { name: string; preview: Preview }) {
  const [chosen, setChosen] = useState<Verdict[]>([])
  const rows = useMemo(
    () => preview.rows.filter((row) => chosen.length === 0 || chosen.includes(row.verdict)),
    [preview, chosen],
  )
  return (
    <div className="flex min-h-0 flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="min-w-0 text-strong wrap-anywhere">
          <span className="font-medium">{name}</span>: {preview.rows.length}{' '}
          {preview.rows.length === 1 ? 'row' : 'rows'}
        </p>
        <FilterMenu
          label="Show"
          values={VERDICTS}
          names={NAMES}
          counts={preview}
          chosen={chosen}
          onChange={setChosen}
        />
      </div>
      <Table
        label="Rows of the file"
        className="max-h-[40vh]"
        columns={columns}
        rows={rows}
        rowKey={(row) => String(row.line)}
        rowName={(row) => row.email}
      />
    </div>
  )
}
