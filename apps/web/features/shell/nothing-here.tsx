'use client'
import { Button, EmptyState } from '@parley/ui'
import { go } from './place.ts'

export function NothingHere() {
  return (
    <EmptyState
      title="There is nothing at this address"
      action={<Button onClick={() => go('/')}>Go to the start</Button>}
    >
      The link may be incomplete.
    </EmptyState>
  )
}
