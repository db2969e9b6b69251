'use client'
import { formatCount, formatNumber, Spinner, useUiLocale } from '@parley/ui'

/** How much of the list has been fetched, and whether more is on its way. */
export function ListFoot({
  shown,
  total,
  noun,
  fetching,
}: {
  shown: number
  total: number | undefined
  /** Singular and plural. */
  noun: readonly [string, string]
  fetching: boolean
}) {
  const { locale } = useUiLocale()
  const number = (value: number) => formatNumber(value, locale)
  const all = total ?? shown
  return (
    <p aria-live="polite" className="flex h-5 items-center gap-2 text-muted text-sm tabular-nums">
      {shown < all ? `${number(shown)} of ${number(all)} ${noun[1]}` : formatCount(all, noun, locale)}
      {fetching && <Spinner className="size-3.5" />}
    </p>
  )
}
