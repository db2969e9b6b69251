'use client'
import { Button, Dialog, formatCount, useUiLocale } from '@parley/ui'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Play } from 'lucide-react'
import { useState } from 'react'
import { readError } from '../api/read-error.ts'
import { trpc } from '../api/trpc.ts'
import { Consequences } from './preview.tsx'
import { retentionChanged } from './retention-changed.ts'

/** Begins a run after saying what it would remove. */
export function RunNow({ disabled }: { disabled: boolean }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button icon={Play} disabled={disabled} onClick={() => setOpen(true)}>
        Run now…
      </Button>
      {open && <RunDialog onClose={() => setOpen(false)} />}
    </>
  )
}

function RunDialog({ onClose }: { onClose: () => void }) {
  const { locale } = useUiLocale()
  const due = useQuery(trpc.retention.due.queryOptions({}, { staleTime: 0 }))
  const start = useMutation(
    trpc.retention.startRun.mutationOptions({
      onSuccess: onClose,
      onSettled: retentionChanged,
    }),
  )
  const messages = due.data?.all.messages ?? 0
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="medium"
      title="Remove what is past its retention now?"
      description="Otherwise it goes with the run of the day. What a run has removed cannot be brought back."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="danger"
            busy={start.isPending}
            disabled={!due.data || due.isFetching}
            onClick={() => start.mutate({})}
          >
            {messages > 0 ? `Remove ${formatCount(messages, ['message', 'messages'], locale)}` : 'Run anyway'}
          </Button>
        </>
      }
    >
      {due.data ? (
        <Consequences seen={due.data} />
      ) : (
        <p className="text-muted">{due.isError ? readError(due.error).says : 'Counting what is to go…'}</p>
      )}
      {start.isError && (
        <p role="alert" className="mt-3 rounded-sm bg-danger-soft px-3 py-2 text-danger-text">
          {readError(start.error).says}
        </p>
      )}
    </Dialog>
  )
}
