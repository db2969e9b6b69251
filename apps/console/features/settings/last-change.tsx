'use client'
import { Dialog, ErrorState, Skeleton, Timestamp } from '@parley/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { readError } from '../api/read-error.ts'
import { trpc } from '../api/trpc.ts'
import { inWords, type Setting } from './words.ts'

/** "Last changed by … on …", and all changes before that one. */
export function LastChange({ setting }: { setting: Setting }) {
  const [open, setOpen] = useState(false)
  if (setting.changedAt === null) return <span>Never changed</span>
  return (
    <>
      <span>
        Changed by {setting.changedBy?.name ?? 'somebody who is gone'},{' '}
        <Timestamp at={setting.changedAt} format="relative" />
      </span>
      <button
        type="button"
        onClick={() => setOpen(true)}
        aria-label={`History of “${setting.title}”`}
        className="rounded-sm text-accent-text underline"
      >
        History
      </button>
      {open && <HistoryDialog setting={setting} onClose={() => setOpen(false)} />}
    </>
  )
}

function HistoryDialog({ setting, onClose }: { setting: Setting; onClose: () => void }) {
  const history = useQuery(trpc.settings.history.queryOptions({ key: setting.key }))
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="medium"
      title={setting.title}
      description="Every change, newest first."
    >
      {history.isError ? (
        <ErrorState compact title="The history could not be fetched" onRetry={() => history.refetch()}>
          {readError(history.error).says}
        </ErrorState>
      ) : history.data ? (
        <ol className="flex flex-col divide-y">
          {history.data.map((change) => (
            <li key={change.event} className="flex flex-wrap justify-between gap-x-4 gap-y-1 py-2.5">
              <span className="text-strong">
                {inWords(setting, change.before)} → {inWords(setting, change.after)}
              </span>
              <span className="text-muted text-sm">
                {change.by.name || 'The system'}, <Timestamp at={change.at} />
              </span>
            </li>
          ))}
        </ol>
      ) : (
        <Skeleton className="h-24 w-full" />
      )}
    </Dialog>
  )
}
