'use client'
import { Button, Dialog, RadioGroup, Skeleton } from '@parley/ui'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { readError } from '../api/read-error.ts'
import { queries, trpc } from '../api/trpc.ts'
import { Section } from '../list/facts.tsx'
import { ExportItem, isActive } from './export-row.tsx'
import { type AuditFilter, FORMAT_HINTS, FORMAT_NAMES, type Format } from './words.ts'

const FORMATS: Format[] = ['csv', 'jsonl']
/** While one is under way its progress is asked for this often, in milliseconds. */
const every = 1_000

/** Has a file made of what the list shows, in the background: it goes on when this is closed. */
export function ExportDialog({
  filter,
  narrowed,
  onClose,
}: {
  filter: AuditFilter
  /** Whether the list shows less than everything. */
  narrowed: boolean
  onClose: () => void
}) {
  const [format, setFormat] = useState<Format>('csv')
  const exports = useQuery(
    trpc.exports.list.queryOptions(
      {},
      { refetchInterval: ({ state }) => (state.data?.items.some(isActive) ? every : false) },
    ),
  )
  const request = useMutation(
    trpc.exports.request.mutationOptions({
      onSettled: () => queries.invalidateQueries({ queryKey: trpc.exports.pathKey() }),
    }),
  )
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="medium"
      title="Export the audit log"
      description={
        narrowed
          ? 'What the filters let through, oldest first. That it was exported stands in the log.'
          : 'The whole log, with its reads, oldest first. That it was exported stands in the log.'
      }
    >
      <div className="flex flex-col gap-5">
        <RadioGroup<Format>
          label="Format"
          value={format}
          onValueChange={setFormat}
          options={FORMATS.map((value) => ({
            value,
            label: FORMAT_NAMES[value],
            hint: FORMAT_HINTS[value],
          }))}
        />
        <div className="flex flex-wrap items-center gap-3">
          <Button
            variant="primary"
            busy={request.isPending}
            onClick={() => request.mutate({ format, filter })}
          >
            Make the file
          </Button>
          {request.isError && (
            <p role="alert" className="text-danger-text text-sm">
              {readError(request.error).says}
            </p>
          )}
        </div>
        <Section title="Files">
          {exports.isError && !exports.data ? (
            <p role="alert" className="text-danger-text">
              {readError(exports.error).says}
            </p>
          ) : !exports.data ? (
            <Skeleton className="h-16 w-full" />
          ) : exports.data.items.length === 0 ? (
            <p className="text-muted">None yet. A file is kept for seven days.</p>
          ) : (
            <ul aria-label="Files" className="flex flex-col divide-y">
              {exports.data.items.map((one) => (
                <ExportItem key={one.id} one={one} />
              ))}
            </ul>
          )}
        </Section>
      </div>
    </Dialog>
  )
}
