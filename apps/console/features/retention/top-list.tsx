'use client'
import { useUiLocale } from '@parley/ui'
import { Hash, Lock, MessagesSquare } from 'lucide-react'
import { countsInWords, type Preview } from './words.ts'

type Row = Preview['conversations'][number]
const shownAtMost = 8

const icons = { public: Hash, private: Lock, direct: MessagesSquare, group: MessagesSquare }
const iconOf = (kind: string | null) => icons[(kind ?? 'direct') as keyof typeof icons] ?? MessagesSquare

/** Where the most would go. Who talks with whom is not shown: direct messages are one row. */
export function TopList({ conversations, all }: { conversations: readonly Row[]; all: number }) {
  const { locale } = useUiLocale()
  return (
    <ul aria-label="Where it would go from" className="flex flex-col divide-y rounded-lg border">
      {conversations.slice(0, shownAtMost).map((row) => {
        const Icon = iconOf(row.kind)
        return (
          <li key={row.id ?? 'direct'} className="relative flex min-h-9 items-center gap-2 px-3">
            <span
              aria-hidden="true"
              className="absolute inset-y-0 start-0 bg-danger-soft/60"
              style={{ width: `${(row.messages / Math.max(all, 1)) * 100}%` }}
            />
            <Icon aria-hidden="true" className="relative size-4 shrink-0 text-muted" />
            <span className="relative min-w-0 flex-1 truncate text-strong">
              {row.name ?? 'Direct messages and groups'}
            </span>
            <span className="relative shrink-0 text-muted text-sm tabular-nums">
              {countsInWords(row, locale)}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
