'use client'
import { classes, Spinner } from '@parley/ui'
import { FileUp } from 'lucide-react'
import { type DragEvent, useState } from 'react'

/** What the server reads at most, in bytes; larger files are not even opened. */
const LARGEST = 200_000

/** A place for a file: chosen, dropped, or pasted as text. */
export function CsvDrop({
  busy,
  onFile,
}: {
  busy: boolean
  onFile: (file: { name: string; csv: string }) => void
}) {
  const [over, setOver] = useState(false)
  const [trouble, setTrouble] = useState<string | null>(null)
  const take = async (file: File | undefined) => {
    setOver(false)
    if (!file) return
    if (file.size > LARGEST)
      return setTrouble(`${file.name} is larger than ${LARGEST / 1000} kB: split it into several files.`)
    setTrouble(null)
    onFile({ name: file.name, csv: await file.text() })
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    void take(event.dataTransfer.files[0])
  }
  return (
    <div>
      <label
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={classes(
          'flex min-h-36 cursor-pointer flex-col items-center justify-center gap-2 rounded-lg border border-dashed p-4 text-center transition-colors hover:bg-surface-2 has-focus-visible:outline-2 has-focus-visible:outline-focus',
          over ? 'border-accent bg-accent-soft' : 'border-line-strong',
        )}
      >
        {busy ? <Spinner className="size-5" /> : <FileUp aria-hidden="true" className="size-5 text-muted" />}
        <span className="font-medium text-strong">Choose a CSV file</span>
        <span className="text-muted text-sm">or drop it here</span>
        <input
          type="file"
          accept=".csv,.tsv,.txt,text/csv"
          aria-label="CSV file"
          className="sr-only"
          onChange={(event) => void take(event.target.files?.[0])}
        />
      </label>
      {trouble && (
        <p role="alert" className="mt-2 text-danger-text text-sm">
          {trouble}
        </p>
      )}
    </div>
  )
}
