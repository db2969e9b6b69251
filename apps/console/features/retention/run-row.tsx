'use client'
import { Badge, Button, formatCount, ProgressBar, Timestamp, type Tone, useUiLocale } from '@parley/ui'
import { useMutation } from '@tanstack/react-query'
import { tellFailure } from '../api/tell-failure.ts'
import { trpc } from '../api/trpc.ts'
import { useMay } from '../session/use-me.ts'
import { retentionChanged } from './retention-changed.ts'
import { countsInWords, type Run } from './words.ts'

const STATES = {
  queued: { says: 'Waiting', tone: 'neutral' },
  running: { says: 'Under way', tone: 'accent' },
  done: { says: 'Done', tone: 'success' },
  failed: { says: 'Failed', tone: 'danger' },
  cancelled: { says: 'Cancelled', tone: 'warning' },
} as const satisfies Record<Run['state'], { says: string; tone: Tone }>

export const isActive = (run: Run): boolean => run.state === 'queued' || run.state === 'running'

/** One run: when, by whom, how far, and what it removed. */
export function RunRow({ run }: { run: Run }) {
  const { locale } = useUiLocale()
  const mayCancel = useMay('retention.manage') && isActive(run)
  const cancel = useMutation(
    trpc.retention.cancelRun.mutationOptions({
      onError: tellFailure,
      onSettled: retentionChanged,
    }),
  )
  const { says, tone } = STATES[run.state]
  const expected = run.expected?.messages ?? 0
  return (
    <li className="flex flex-col gap-2 px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Badge tone={tone}>{says}</Badge>
        <span className="text-strong">
          <Timestamp at={run.startedAt} />
        </span>
        <span className="min-w-0 flex-1 truncate text-muted text-sm">
          {run.startedBy ? `by ${run.startedBy.name || 'somebody who is gone'}` : 'by schedule'}
        </span>
        {!isActive(run) && (
          <span className="text-sm tabular-nums">
            {run.gone.messages + run.gone.files === 0
              ? 'Nothing was old enough'
              : `${countsInWords(run.gone, locale)} removed from ${formatCount(run.conversations, ['conversation', 'conversations'], locale)}`}
          </span>
        )}
        {mayCancel && (
          <Button size="small" busy={cancel.isPending} onClick={() => cancel.mutate({ run: run.id })}>
            Cancel
          </Button>
        )}
      </div>
      {isActive(run) && (
        <ProgressBar
          label="Progress of the run"
          labelHidden
          value={run.expected ? (expected === 0 ? 1 : run.gone.messages / expected) : undefined}
          detail={
            run.expected
              ? `${countsInWords(run.gone, locale)} of ${countsInWords(run.expected, locale)}`
              : 'Counting what is to go'
          }
        />
      )}
      {run.error && isActive(run) && (
        <p role="alert" className="text-sm text-warning-text">
          {run.error}
        </p>
      )}
    </li>
  )
}
