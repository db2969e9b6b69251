'use client'
import { RadioGroup, TextField } from '@parley/ui'
import { useState } from 'react'
import { isDays, type Keep, longest } from './words.ts'

type Way = 'organisation' | 'forever' | 'days'
const wayOf = (keep: Keep): Way =>
  keep === 'organisation' ? 'organisation' : keep === null ? 'forever' : 'days'
const usual = 365

/** For ever, for so many days, or (a channel) as the organisation. */
export function KeepField({
  label,
  value,
  onChange,
  organisation,
}: {
  label: string
  value: Keep
  /** Absent for those who only look. NaN while the days are no number. */
  onChange?: (keep: Keep) => void
  /** What a channel may follow, in words; absent for the organisation itself. */
  organisation?: string
}) {
  const way = wayOf(value)
  const [days, setDays] = useState(typeof value === 'number' ? value : usual)
  const choose = (next: Way) =>
    onChange?.(next === 'organisation' ? 'organisation' : next === 'forever' ? null : days)
  return (
    <div className="flex flex-col gap-3">
      <RadioGroup<Way>
        label={label}
        labelHidden
        value={way}
        onValueChange={choose}
        disabled={!onChange}
        options={[
          ...(organisation
            ? [{ value: 'organisation' as const, label: 'As the organisation', hint: organisation }]
            : []),
          { value: 'forever', label: 'Keep for ever', hint: 'Messages stay until somebody deletes them.' },
          {
            value: 'days',
            label: 'Delete after a number of days',
            hint: 'Messages older than that go for good: text, files, reactions, search, on every device.',
          },
        ]}
      />
      {way === 'days' && (
        <div className="ms-6.5 flex flex-col gap-1">
          <TextField
            type="number"
            inputMode="numeric"
            aria-label="Days"
            aria-invalid={!isDays(value) || undefined}
            min={1}
            max={longest}
            step={1}
            value={Number.isNaN(value) ? '' : String(value)}
            disabled={!onChange}
            onChange={(event) => {
              setDays(event.target.valueAsNumber)
              onChange?.(event.target.valueAsNumber)
            }}
            className="w-36"
            end="days"
          />
          {!isDays(value) && (
            <p role="alert" className="text-danger-text text-sm">
              A whole number from 1 to {longest}.
            </p>
          )}
        </div>
      )}
    </div>
  )
}
