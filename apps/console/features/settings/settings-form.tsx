'use client'
import { ErrorState, Form, Loading, Skeleton } from '@parley/ui'
import { readError } from '../api/read-error.ts'
import { useMay } from '../session/use-me.ts'
import { SaveBar } from './save-bar.tsx'
import { SettingField } from './setting-field.tsx'
import { useSettingsDraft } from './use-settings-draft.ts'
import { GROUP_NAMES, type SettingGroup } from './words.ts'

/** The settings of some groups, for the page that they belong to. */
export function SettingsForm({ groups }: { groups: readonly SettingGroup[] }) {
  const form = useSettingsDraft(groups)
  const mayChange = useMay('settings.manage')
  if (form.list.isError && !form.settings)
    return (
      <ErrorState title="The settings could not be fetched" onRetry={() => form.list.refetch()}>
        {readError(form.list.error).says}
      </ErrorState>
    )
  if (!form.settings)
    return (
      <Loading className="flex flex-col gap-6">
        {groups.map((group) => (
          <Skeleton key={group} className="h-40 w-full" />
        ))}
      </Loading>
    )
  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault()
        if (form.changed.length > 0 && form.wrong.length === 0) form.save.mutate()
      }}
      className="flex flex-col gap-8"
    >
      {groups.map((group) => (
        <section key={group} aria-labelledby={`group-${group}`} className="rounded-lg border">
          <h2 id={`group-${group}`} className="border-b bg-surface-1 px-4 py-2.5 font-semibold text-strong">
            {GROUP_NAMES[group]}
          </h2>
          <div className="divide-y">
            {form.settings
              ?.filter((setting) => setting.group === group)
              .map((setting) => (
                <SettingField
                  key={setting.key}
                  setting={setting}
                  value={form.draft[setting.key]}
                  onChange={mayChange ? (value) => form.set(setting.key, value) : undefined}
                />
              ))}
          </div>
        </section>
      ))}
      {!mayChange && <p className="text-muted">Your role sees these settings and does not change them.</p>}
      <SaveBar form={form} />
    </Form>
  )
}
