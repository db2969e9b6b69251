'use client'
import { Button, ConfirmDialog, formatCount, Timestamp, useUiLocale } from '@parley/ui'
import { useState } from 'react'
import { useMay } from '../session/use-me.ts'
import { KeepField } from './keep-field.tsx'
import { Preview, usePreview } from './preview.tsx'
import { savePolicy } from './save-policy.ts'
import { countsInWords, isDays, type Keep, keepInWords, type Policies } from './words.ts'

/** The rule for everything that has no rule of its own, with what it would remove before it is saved. */
export function OrganisationPolicy({ saved }: { saved: Policies['organisation'] }) {
  const { locale } = useUiLocale()
  const mayChange = useMay('retention.manage')
  const was = saved?.days ?? null
  const [draft, setDraft] = useState<Keep | undefined>()
  const [asking, setAsking] = useState(false)
  const keep = draft === undefined ? was : draft
  const changed = keep !== was
  const preview = usePreview(null, keep, keep !== null)
  const going = preview.query.data?.all
  return (
    <section aria-labelledby="organisation-policy" className="rounded-lg border">
      <header className="flex flex-wrap items-baseline justify-between gap-2 border-b bg-surface-1 px-4 py-2.5">
        <h2 id="organisation-policy" className="font-semibold text-strong">
          The organisation
        </h2>
        <span className="text-muted text-sm">
          {saved ? (
            <>
              Changed by {saved.changedBy.name || 'somebody who is gone'},{' '}
              <Timestamp at={saved.changedAt} format="relative" />
            </>
          ) : (
            'Never changed'
          )}
        </span>
      </header>
      <div className="grid gap-6 p-4 lg:grid-cols-2">
        <div className="flex flex-col gap-4">
          <p className="max-w-prose text-muted">
            Holds for every channel without a rule of its own, and for all direct messages and groups.
          </p>
          <KeepField
            label="How long messages are kept"
            value={keep}
            onChange={mayChange ? setDraft : undefined}
          />
        </div>
        <div className="min-h-40">
          {keep === null ? (
            <p className="text-muted">Nothing goes by itself.</p>
          ) : (
            isDays(keep) && <Preview preview={preview} />
          )}
        </div>
      </div>
      {changed && (
        <footer className="flex flex-wrap items-center gap-3 border-t px-4 py-3">
          <p className="min-w-0 flex-1 basis-60 text-sm">
            {keepInWords(was, locale)} →{' '}
            {isDays(keep) ? keepInWords(keep, locale) : 'not a valid number of days'}
          </p>
          <Button onClick={() => setDraft(undefined)}>Discard</Button>
          <Button
            variant="primary"
            disabled={!isDays(keep) || (keep !== null && (preview.behind || !going))}
            onClick={() => setAsking(true)}
          >
            Save…
          </Button>
        </footer>
      )}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={
          typeof keep === 'number'
            ? `Delete messages after ${formatCount(keep, ['day', 'days'], locale)}?`
            : 'Keep everything for ever?'
        }
        consequence={
          keep === null || !going
            ? 'Nothing that is here now will go by itself any more.'
            : `The next run removes ${countsInWords(going, locale)}, for everybody and on every device. From then on it goes on each day.`
        }
        reversal={{
          explained: 'The rule can be changed back. What a run has removed cannot be brought back.',
        }}
        confirmLabel="Save"
        tone={keep === null ? 'neutral' : 'danger'}
        {...(keep !== null && going && going.messages > 0 && { typeToConfirm: 'delete' })}
        onConfirm={async () => {
          await savePolicy({ conversation: null, keep, was }, keepInWords(keep, locale))
          setDraft(undefined)
        }}
      />
    </section>
  )
}
