'use client'
import { Dialog, Tabs } from '@parley/ui'
import { useState } from 'react'
import { InviteMany } from './invite-many.tsx'
import { InviteOne } from './invite-one.tsx'

/** Invites by mail: one person, or everybody in a file. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const [way, setWay] = useState<'one' | 'many'>('one')
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size={way === 'one' ? 'medium' : 'large'}
      title="Invite people"
      description="Each gets a mail with a link, chooses a password and is in. Nobody else can use the link."
    >
      <Tabs
        label="How many"
        value={way}
        onValueChange={setWay}
        tabs={[
          { value: 'one', label: 'One person', content: <InviteOne onClose={onClose} /> },
          { value: 'many', label: 'Many, from a file', content: <InviteMany onClose={onClose} /> },
        ]}
      />
    </Dialog>
  )
}
