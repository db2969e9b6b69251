'use client'
import { Dialog } from '@parley/ui'
import { useState } from 'react'
import type { Outputs } from '../../api/trpc.ts'
import { useChoices } from '../scope-list.tsx'
import { NewTokenForm } from './new-token-form.tsx'
import { TokenMade } from './token-made.tsx'

/** Asks what the token is for, then shows it, once. */
export function NewTokenDialog({ onClose }: { onClose: () => void }) {
  const choices = useChoices()
  const [made, setMade] = useState<Outputs['integrations']['createToken'] | null>(null)
  if (made) return <TokenMade made={made} onClose={onClose} />
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="medium"
      title="New token"
      description="A program that sends it acts as the bot: it sees the conversations that the bot is in, and nothing else."
    >
      {choices.data && <NewTokenForm choices={choices.data} onClose={onClose} onMade={setMade} />}
    </Dialog>
  )
}
