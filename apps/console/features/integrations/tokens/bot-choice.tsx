'use client'
import { FormField, RadioGroup, Select, TextField } from '@parley/ui'
import { useQuery } from '@tanstack/react-query'
import { trpc } from '../../api/trpc.ts'

export type ChosenBot = { kind: 'new'; name: string; title: string } | { kind: 'old'; id?: string }

/** More bots than this are found by making their token from the API. */
const most = 200

/** A new bot with a name, or one that is there. */
export function BotChoice({ chosen, onChange }: { chosen: ChosenBot; onChange: (bot: ChosenBot) => void }) {
  const bots = useQuery(trpc.integrations.listBots.queryOptions({ limit: most }))
  const active = bots.data?.items.filter((bot) => bot.active) ?? []
  return (
    <div className="flex flex-col gap-4">
      {active.length > 0 && (
        <RadioGroup
          label="It acts as"
          value={chosen.kind}
          onValueChange={(kind) => onChange(kind === 'new' ? { kind, name: '', title: '' } : { kind })}
          options={[
            { value: 'new', label: 'A new bot' },
            { value: 'old', label: 'A bot that is there', hint: 'It keeps its name and its conversations.' },
          ]}
        />
      )}
      {chosen.kind === 'new' ? (
        <div className="grid gap-4 sm:grid-cols-2">
          <FormField label="Name of the bot" hint="People see it beside what it writes.">
            <TextField
              value={chosen.name}
              maxLength={80}
              autoComplete="off"
              autoFocus
              onChange={(event) => onChange({ ...chosen, name: event.target.value })}
            />
          </FormField>
          <FormField label="Title" optional hint="What it does, in a few words.">
            <TextField
              value={chosen.title}
              maxLength={80}
              autoComplete="off"
              onChange={(event) => onChange({ ...chosen, title: event.target.value })}
            />
          </FormField>
        </div>
      ) : (
        <FormField label="Bot">
          <Select
            value={chosen.id}
            placeholder="Choose a bot"
            onValueChange={(id) => onChange({ kind: 'old', id })}
            options={active.map((bot) => ({ value: bot.id as string, label: bot.name, hint: bot.title }))}
          />
        </FormField>
      )}
    </div>
  )
}
