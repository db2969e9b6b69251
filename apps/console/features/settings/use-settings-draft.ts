'use client'
import { toast } from '@parley/ui'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { tellFailure } from '../api/tell-failure.ts'
import { api, queries, trpc } from '../api/trpc.ts'
import { type Draft, type Setting, type SettingGroup, type SettingKey, wrongWith } from './words.ts'

/** Server and page agree again on what holds. */
const settingsChanged = () =>
  Promise.all([
    queries.invalidateQueries({ queryKey: trpc.settings.list.pathKey() }),
    queries.invalidateQueries({ queryKey: trpc.settings.history.pathKey() }),
  ])

/**
 * Settings as a form: nothing holds before it is saved, all of it together. What somebody else changed meanwhile is not
 * overwritten; a save can be undone from its toast.
 */
export function useSettingsDraft(groups: readonly SettingGroup[]) {
  const list = useQuery(trpc.settings.list.queryOptions({}))
  const [draft, setDraft] = useState<Draft>({})
  const settings = list.data?.filter((setting) => groups.includes(setting.group))
  const changed = (settings ?? []).filter(
    ({ key, value }) => draft[key] !== undefined && draft[key] !== value,
  )
  const wrong = changed.filter((setting) => wrongWith(setting, draft[setting.key]) !== null)

  const save = useMutation({
    mutationFn: () =>
      api.settings.change.mutate({
        changes: changed.map(({ key, value }) => ({ key, value: draft[key], was: value })),
      }),
    async onSuccess(done) {
      setDraft({})
      await settingsChanged()
      if (done.length === 0) return
      toast({
        tone: 'success',
        title: done.length === 1 ? `“${done[0]!.title}” is saved` : `${done.length} settings are saved`,
        detail: 'It stands in the audit log.',
        action: { label: 'Undo', onAction: () => void undo(done) },
      })
    },
    onError: settingsChanged,
  })

  const set = (key: SettingKey, value: Setting['value'] | undefined) =>
    setDraft((old) => ({ ...old, [key]: value }))
  return { list, settings, draft, set, clear: () => setDraft({}), changed, wrong, save }
}

type Done = Awaited<ReturnType<typeof api.settings.change.mutate>>

async function undo(done: Done): Promise<void> {
  try {
    await api.settings.change.mutate({
      changes: done.map(({ key, before, after }) => ({ key, value: before, was: after })),
    })
    toast({ title: 'What was saved is undone' })
  } catch (error) {
    tellFailure(error)
  }
  await settingsChanged()
}
