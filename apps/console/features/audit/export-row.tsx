'use client'
import {
  Badge,
  Button,
  formatCount,
  formatNumber,
  ProgressBar,
  Timestamp,
  type Tone,
  useUiLocale,
} from '@parley/ui'
import { useMutation } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { tellFailure } from '../api/tell-failure.ts'
import { queries, trpc } from '../api/trpc.ts'
import { type Export, FORMAT_NAMES } from './words.ts'

const STATES = {
  queued: { says: 'Waiting', tone: 'neutral' },
  running: { says: 'Under way', tone: 'accent' },
  done: { says: 'Ready', tone: 'success' },
  failed: { says: 'Failed', tone: 'danger' },
  cancelled: { says: 'Cancelled', tone: 'warning' },
  expired: { says: 'Expired', tone: 'neutral' },
} as const satisfies Record<Export['state'], { says: string; tone: Tone }>

export const isActive = (one: Export): boolean => one.state === 'queued' || one.state === 'running'
const changed = () => queries.invalidateQueries({ queryKey: trpc.exports.pathKey() })

/** One export: how far it is, and its file while it is kept. */
export function ExportItem({ one }: { one: Export }) {
  const { locale } = useUiLocale()
  const download = useMutation(
    trpc.exports.download.mutationOptions({
      onSuccess: ({ url }) => window.location.assign(url),
      onError: tellFailure,
    }),
  )
  const cancel = useMutation(
    trpc.exports.cancel.mutationOptions({ onError: tellFailure, onSettled: changed }),
  )
  const { says, tone } = STATES[one.state]
  const events = (value: number) => formatCount(value, ['event', 'events'], locale)
  return (
    <li className="flex flex-col gap-2 py-2.5">
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <Badge tone={tone}>{says}</Badge>
        <span className="text-strong">{FORMAT_NAMES[one.format]}</span>
        <span className="min-w-0 flex-1 truncate text-muted text-sm">
          {one.requestedBy.name}, <Timestamp at={one.createdAt} format="relative" />
          {one.state === 'done' && ` · ${events(one.rows)}`}
        </span>
        {one.state === 'done' && (
          <Button
            size="small"
            icon={Download}
            busy={download.isPending}
            onClick={() => download.mutate({ export: one.id })}
          >
            Download
          </Button>
        )}
        {isActive(one) && (
          <Button size="small" busy={cancel.isPending} onClick={() => cancel.mutate({ export: one.id })}>
            Cancel
          </Button>
        )}
      </div>
      {isActive(one) && (
        <ProgressBar
          label="Progress of the export"
          labelHidden
          value={one.total > 0 ? one.rows / one.total : undefined}
          detail={
            one.total > 0 ? `${formatNumber(one.rows, locale)} of ${events(one.total)}` : 'Counting events'
          }
        />
      )}
      {one.state === 'done' && (
        <p className="text-muted text-xs">
          Kept until <Timestamp at={one.expiresAt} />. SHA-256{' '}
          <code className="select-all wrap-anywhere">{one.sha256}</code>
        </p>
      )}
      {one.error && one.state !== 'done' && <p className="text-sm text-warning-text">{one.error}</p>}
    </li>
  )
}
