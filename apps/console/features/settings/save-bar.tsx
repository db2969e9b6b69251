'use client'
import { Button } from '@parley/ui'
import { readError } from '../api/read-error.ts'
import type { useSettingsDraft } from './use-settings-draft.ts'
import { inWords } from './words.ts'

/** At the bottom while something is not saved: what will change, and the way back. */
export function SaveBar({ form }: { form: ReturnType<typeof useSettingsDraft> }) {
  const { changed, wrong, draft, save, clear } = form
  if (changed.length === 0 && !save.isError) return null
  return (
    <div className="sticky bottom-0 -mx-4 -mb-4 flex animate-fade-in flex-wrap items-center gap-3 border-t bg-float px-4 py-3 md:-mx-6 md:-mb-6 md:px-6">
      <div className="min-w-0 flex-1 basis-72">
        {save.isError && (
          <p role="alert" className="text-danger-text">
            {readError(save.error).says}
          </p>
        )}
        <ul aria-label="What will change" className="flex flex-col text-sm">
          {changed.map((setting) => (
            <li key={setting.key}>
              <span className="font-medium text-strong">{setting.title}</span>:{' '}
              {inWords(setting, setting.value)} →{' '}
              {wrong.includes(setting) ? 'not a valid value' : inWords(setting, draft[setting.key])}
            </li>
          ))}
        </ul>
      </div>
      <Button
        onClick={() => {
          clear()
          save.reset()
        }}
      >
        Discard
      </Button>
      <Button
        type="submit"
        variant="primary"
        disabled={wrong.length > 0 || changed.length === 0}
        busy={save.isPending}
      >
        Save
      </Button>
    </div>
  )
}
