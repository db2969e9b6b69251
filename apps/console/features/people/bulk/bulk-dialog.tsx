'use client'
import { Button, Dialog, FormField, ProgressBar, Select, TextField } from '@parley/ui'
import { useEffect, useRef, useState } from 'react'
import { readError } from '../../api/read-error.ts'
import { api } from '../../api/trpc.ts'
import { type Run, runMany } from '../../list/run-many.ts'
import { useMe } from '../../session/use-me.ts'
import { personChanged } from '../people-changed.ts'
import { ROLE_NAMES, ROLE_SAYS, ROLES, type Role } from '../words.ts'

export type BulkAct = 'deactivate' | 'role'
type Person = { id: string; name: string }
type State =
  | { at: 'asking' }
  | { at: 'running'; run: Run<Person> }
  | { at: 'over'; run: Run<Person>; stopped: boolean }

/** From so many on the number is typed, since a slip of the pointer would shut out a department. */
const typedFrom = 5

const waitFor = (error: unknown) => {
  const failure = readError(error)
  return failure.code === 'too_many' ? (failure.retryAfter ?? 5) : null
}

/** The same for several people: consequences first, then progress that can be stopped, then who was left out and why. */
export function BulkDialog({
  act,
  people,
  onClose,
}: {
  act: BulkAct
  people: readonly Person[]
  onClose: (done: boolean) => void
}) {
  const mayMakeOwners = useMe().permissions['owners.manage']
  const [role, setRole] = useState<Role>('member')
  const [typed, setTyped] = useState('')
  const [state, setState] = useState<State>({ at: 'asking' })
  const stop = useRef(new AbortController())
  useEffect(() => () => stop.current.abort(), [])

  const count = people.length
  const many = `${count} ${count === 1 ? 'person' : 'people'}`
  const verb = act === 'deactivate' ? `Deactivate ${many}` : `Change the role of ${many}`
  const needsTyping = act === 'deactivate' && count >= typedFrom

  const start = async () => {
    setState({ at: 'running', run: { done: 0, failed: [] } })
    const run = await runMany(people, {
      async act({ id }) {
        if (act === 'deactivate') {
          await api.people.deactivate.mutate({ person: id })
          personChanged(id, { status: 'deactivated' })
        } else {
          await api.people.changeRole.mutate({ person: id, role })
          personChanged(id, { role })
        }
      },
      waitFor,
      onProgress: (now) => setState({ at: 'running', run: now }),
      signal: stop.current.signal,
    })
    setState({ at: 'over', run, stopped: stop.current.signal.aborted })
  }
  const close = () => onClose(state.at === 'over')

  return (
    <Dialog
      open
      onOpenChange={() => state.at !== 'running' && close()}
      title={state.at === 'asking' ? `${verb}?` : verb}
      footer={
        state.at === 'asking' ? (
          <>
            <Button onClick={close}>Cancel</Button>
            <Button
              variant={act === 'deactivate' ? 'danger' : 'primary'}
              disabled={needsTyping && typed.trim() !== String(count)}
              onClick={start}
            >
              {verb}
            </Button>
          </>
        ) : state.at === 'running' ? (
          <Button onClick={() => stop.current.abort()}>Stop</Button>
        ) : (
          <Button variant="primary" onClick={close}>
            Done
          </Button>
        )
      }
    >
      {state.at === 'asking' ? (
        <div className="flex flex-col gap-4">
          {act === 'deactivate' ? (
            <p className="max-w-prose">
              They are signed out everywhere within a second, cannot sign in, and API tokens that they made
              stop working for good. What they wrote stays. You can reactivate each of them later.
            </p>
          ) : (
            <FormField label="Role" hint={ROLE_SAYS[role]}>
              <Select
                value={role}
                onValueChange={setRole}
                options={ROLES.filter((each) => each !== 'owner' || mayMakeOwners)
                  .toReversed()
                  .map((value) => ({ value, label: ROLE_NAMES[value], hint: ROLE_SAYS[value] }))}
              />
            </FormField>
          )}
          <NameList people={people} />
          {needsTyping && (
            <FormField label={`Type ${count}, how many they are, to confirm`}>
              <TextField
                value={typed}
                inputMode="numeric"
                onChange={(event) => setTyped(event.target.value)}
              />
            </FormField>
          )}
        </div>
      ) : (
        <div className="flex flex-col gap-4" aria-live="polite">
          <ProgressBar
            label={state.at === 'running' ? 'Under way' : 'Over'}
            value={state.run.done / count}
            detail={`${state.run.done} of ${count}`}
            tone={state.run.failed.length > 0 ? 'danger' : 'accent'}
          />
          {state.at === 'over' && (
            <p>
              {state.run.done - state.run.failed.length} of {count} done
              {state.stopped && '; you stopped it, the others are as they were'}.
            </p>
          )}
          <ul className="flex flex-col gap-1 empty:hidden">
            {state.run.failed.map(({ item, error }) => (
              <li key={item.id}>
                <span className="font-medium text-strong">{item.name}</span>: {readError(error).says}
              </li>
            ))}
          </ul>
        </div>
      )}
    </Dialog>
  )
}

/** Past this many the rest is a number. */
const named = 8

function NameList({ people }: { people: readonly Person[] }) {
  const rest = people.length - named
  return (
    <p className="max-w-prose text-muted wrap-anywhere">
      {people
        .slice(0, named)
        .map((person) => person.name)
        .join(', ')}
      {rest > 0 && ` and ${rest} more`}
    </p>
  )
}
