'use client'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { formatNumber } from './format-number.ts'
import { IconButton } from './icon-button.tsx'
import { Select } from './select.tsx'
import { useUiLocale } from './ui-locale.ts'
import { useUiText } from './ui-text.ts'

export type PaginationProps = {
  /** Zero-based. */
  page: number
  pageSize: number
  total: number
  onPageChange: (page: number) => void
  pageSizes?: ReadonlyArray<number>
  onPageSizeChange?: (pageSize: number) => void
}

/** Where one is in a long list, and the way on. */
export function Pagination({
  page,
  pageSize,
  total,
  onPageChange,
  pageSizes,
  onPageSizeChange,
}: PaginationProps) {
  const text = useUiText()
  const { locale } = useUiLocale()
  const number = (value: number) => formatNumber(value, locale)
  const first = total === 0 ? 0 : page * pageSize + 1
  const last = Math.min(total, (page + 1) * pageSize)
  return (
    <div className="flex flex-wrap items-center justify-end gap-x-4 gap-y-2 text-muted text-sm">
      {pageSizes && onPageSizeChange && (
        <span className="flex items-center gap-2">
          <span aria-hidden="true" className="whitespace-nowrap">
            {text.rowsPerPage}
          </span>
          <span className="w-20">
            <Select
              size="small"
              label={text.rowsPerPage}
              value={String(pageSize)}
              onValueChange={(size) => onPageSizeChange(Number(size))}
              options={pageSizes.map((size) => ({ value: String(size), label: number(size) }))}
            />
          </span>
        </span>
      )}
      <span aria-live="polite" className="whitespace-nowrap tabular-nums">
        {text.rangeOf(number(first), number(last), number(total))}
      </span>
      <span className="flex gap-1">
        <IconButton
          label={text.previous}
          icon={ChevronLeft}
          variant="outlined"
          size="small"
          disabled={page === 0}
          onClick={() => onPageChange(page - 1)}
          className="rtl:-scale-x-100"
        />
        <IconButton
          label={text.next}
          icon={ChevronRight}
          variant="outlined"
          size="small"
          disabled={last >= total}
          onClick={() => onPageChange(page + 1)}
          className="rtl:-scale-x-100"
        />
      </span>
    </div>
  )
}
