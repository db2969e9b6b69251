'use client'
import { FormField, formatTime, Select, useUiLocale } from '@parley/ui'
import { ENDS, type End, endAt, endWords } from './ends.ts'

/** What is there keeps its end until another one is picked. */
export type PickedEnd = End | 'kept'
export const pickedFor = (until: number | null): PickedEnd => (until === null ? 'none' : 'kept')
export const untilOf = (end: PickedEnd, kept: number | null): number | null =>
  end === 'kept' ? kept : endAt(end, new Date())

/** When it ends by itself. */
export function EndSelect({
  label,
  kept,
  value,
  onChange,
}: {
  label: string
  /** Unix milliseconds; null when what is there does not end. */
  kept: number | null
  value: PickedEnd
  onChange: (end: PickedEnd) => void
}) {
  const { locale, timeZone } = useUiLocale()
  const until = (at: number) => ({
    value: 'kept' as const,
    label: `Until ${formatTime(new Date(at), 'short', locale, timeZone)}`,
  })
  return (
    <FormField label={label}>
      <Select<PickedEnd>
        value={value}
        onValueChange={onChange}
        options={[
          ...(kept === null ? [] : [until(kept)]),
          ...ENDS.map((end) => ({ value: end, label: endWords[end] })),
        ]}
      />
    </FormField>
  )
}
