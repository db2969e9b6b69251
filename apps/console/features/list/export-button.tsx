'use client'
import { IconButton, toast } from '@parley/ui'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { tellFailure } from '../api/tell-failure.ts'
import { toCsv } from './csv.ts'

type Cell = string | number | null
type Page<Row> = { rows: readonly Row[]; next: string | null }

/** More than any organisation has in one list; past it the file says less than it seems to. */
const mostRows = 100_000

/** Saves everything that the list's filters let through as a CSV file, those rows included that were not looked at. */
export function ExportButton<Row>({
  name,
  header,
  fetchPage,
  cells,
}: {
  /** Of the file, without its ending. */
  name: string
  header: readonly string[]
  fetchPage: (cursor: string | undefined) => Promise<Page<Row>>
  cells: (row: Row) => readonly Cell[]
}) {
  const [busy, setBusy] = useState(false)
  const save = async () => {
    setBusy(true)
    try {
      const rows: (readonly Cell[])[] = []
      let cursor: string | undefined
      do {
        const page = await fetchPage(cursor)
        rows.push(...page.rows.map(cells))
        cursor = page.next ?? undefined
      } while (cursor && rows.length < mostRows)
      download(`${name}.csv`, toCsv(header, rows))
      if (cursor) toast({ tone: 'danger', title: `Only the first ${mostRows} rows were saved.` })
    } catch (error) {
      tellFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <IconButton
      label="Save what is listed as a CSV file"
      icon={Download}
      variant="outlined"
      disabled={busy}
      aria-busy={busy || undefined}
      onClick={save}
    />
  )
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
