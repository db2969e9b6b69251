'use client'
import { Page } from '../shell/page.tsx'
import { OrganisationName } from './organisation-name.tsx'
import { SettingsForm } from './settings-form.tsx'
import { GROUP_NAMES, type SettingGroup } from './words.ts'

const GROUPS = Object.keys(GROUP_NAMES) as SettingGroup[]

/** Every setting there is, and the organisation's name. */
export function SettingsPage() {
  return (
    <Page path="/settings" narrow>
      <OrganisationName />
      <SettingsForm groups={GROUPS} />
    </Page>
  )
}
