'use client'
import { LIMITS } from '@parley/protocol/limits'
import { Button, Dialog } from '@parley/ui'
import { useState } from 'react'
import type { PersonCard } from '../api/procedures.ts'
import { readError } from '../api/read-error.ts'
import { useAct } from '../api/use-ask.ts'
import { useMe } from '../session/use-sync.ts'
import { go, pathTo } from '../shell/place.ts'
import { PeoplePicker } from './people-picker.tsx'

/** One person is a direct message, several are a group; the same people always meet in the same one. */
export function NewMessage({ onClose }: { onClose: () => void }) {
  const me = useMe()
  const [people, setPeople] = useState<PersonCard[]>([])
  const openDirect = useAct('conversations.openDirect')
  const enter = (id: string) => {
    go(pathTo(id))
    onClose()
  }
  const open = () =>
    openDirect.mutate(
      { people: people.map((person) => person.id) },
      { onSuccess: (opened) => enter(opened.id) },
    )
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="New message"
      description="To one person, or to a few at once."
      footer={
        <>
          {openDirect.isError && (
            <p role="alert" className="me-auto self-center text-danger-text">
              {readError(openDirect.error).says}
            </p>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" disabled={people.length === 0} busy={openDirect.isPending} onClick={open}>
            {people.length > 1 ? 'Open the group' : 'Open'}
          </Button>
        </>
      }
    >
      <PeoplePicker chosen={people} onChange={setPeople} without={[me.id]} most={LIMITS.groupMembers - 1} />
    </Dialog>
  )
}
