'use client'
import { ConfirmDialog, toast } from '@parley/ui'
import { useMutation } from '@tanstack/react-query'
import { trpc } from '../../api/trpc.ts'
import { personChanged } from '../people-changed.ts'
import { endsSay } from '../words.ts'
import type { PersonDetail } from './person-panel.tsx'

const sessionsSay = (count: number) =>
  count === 0
    ? 'They are signed in nowhere at present'
    : `They are signed out of ${count === 1 ? 'one device' : `${count} devices`} within a second`
/** Says what a deactivation will do before it is done. */
export function DeactivateDialog({ person, onClose }: { person: PersonDetail; onClose: () => void }) {
  const deactivate = useMutation(trpc.people.deactivate.mutationOptions())
  const will = [
    sessionsSay(person.sessions.length),
    'They cannot sign in, and get no more notifications',
    ...endsSay(person),
    person.invitation && 'Their invitation no longer works',
    'What they wrote stays, under their name',
  ].filter((each) => each !== null)
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Deactivate ${person.name}?`}
      consequence={
        <ul className="list-disc ps-5">
          {will.map((each) => (
            <li key={each}>{each}.</li>
          ))}
        </ul>
      }
      reversal={{
        explained:
          'You can reactivate them later, with the same role and conversations; they then sign in again.',
      }}
      confirmLabel="Deactivate"
      onConfirm={async () => {
        const { sessions } = await deactivate.mutateAsync({ person: person.id })
        personChanged(person.id, { status: 'deactivated' })
        toast({
          title: `${person.name} is deactivated`,
          detail:
            sessions === 0
              ? undefined
              : `Signed out of ${sessions === 1 ? 'one device' : `${sessions} devices`}.`,
        })
      }}
    />
  )
}
