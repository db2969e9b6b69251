'use client'
import { FormField, Select, TextField } from '@parley/ui'
import { LastChange } from './last-change.tsx'
import { inWords, type Setting, type SettingValue, wrongWith } from './words.ts'

/** One setting: what it decides, its value, what holds until it is changed, and who changed it last. */
export function SettingField({
  setting,
  value,
  onChange,
}: {
  setting: Setting
  /** What the form says; undefined while it says nothing else than the server. */
  value: SettingValue | undefined
  /** Absent for those who only look. */
  onChange?: (value: SettingValue | undefined) => void
}) {
  const shown = value ?? setting.value
  const changed = value !== undefined && value !== setting.value
  return (
    <div className="grid gap-x-8 gap-y-2 p-4 lg:grid-cols-[minmax(0,1fr)_16rem]">
      <FormField
        label={setting.title}
        hint={setting.says}
        changed={changed}
        error={wrongWith(setting, value)}
        className="max-w-prose"
      >
        {setting.kind === 'choice' ? (
          <Select
            value={String(shown)}
            onValueChange={(next) => onChange?.(next)}
            disabled={!onChange}
            options={setting.options.map((option) => ({ value: option.value, label: option.says }))}
            className="max-w-96"
          />
        ) : (
          <TextField
            type="number"
            inputMode="numeric"
            min={setting.minimum}
            max={setting.maximum}
            step={1}
            value={Number.isNaN(shown) ? '' : shown}
            disabled={!onChange}
            onChange={(event) => onChange?.(event.target.valueAsNumber)}
            className="w-44 [&_input]:pe-22"
            end={setting.unit}
          />
        )}
      </FormField>
      <div className="flex flex-col items-start gap-1 text-muted text-sm lg:items-end lg:text-end">
        <LastChange setting={setting} />
        {setting.value !== setting.fallback && (
          <span>
            Unless changed: {inWords(setting, setting.fallback)}
            {onChange && (
              <button
                type="button"
                onClick={() => onChange(setting.fallback)}
                className="ms-1.5 rounded-sm text-accent-text underline"
              >
                Use it
              </button>
            )}
          </span>
        )}
      </div>
    </div>
  )
}
