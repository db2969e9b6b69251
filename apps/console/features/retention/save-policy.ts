import { toast } from '@parley/ui'
import { tellFailure } from '../api/tell-failure.ts'
import { api, type Inputs } from '../api/trpc.ts'
import { retentionChanged } from './retention-changed.ts'
import type { Keep } from './words.ts'

type Change = Inputs['retention']['setPolicy']

/** Saves a policy and offers to take it back. Rejects with the refusal, whose sentence is for a person. */
export async function savePolicy(change: Change, says: string): Promise<void> {
  try {
    await api.retention.setPolicy.mutate(change)
  } finally {
    await retentionChanged()
  }
  toast({
    tone: 'success',
    title: says,
    detail: 'It holds from the next run on, and stands in the audit log.',
    action: { label: 'Undo', onAction: () => void undo(change) },
  })
}

async function undo({ conversation, keep, was }: Change): Promise<void> {
  try {
    await api.retention.setPolicy.mutate({ conversation, keep: was as Keep, was: keep })
    toast({ title: 'The retention is as it was before' })
  } catch (error) {
    tellFailure(error)
  }
  await retentionChanged()
}
