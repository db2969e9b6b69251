'use client'
import { type Failure, passes } from '@parley/api/browser/failure'
import { attemptSignal, waitsFor } from '@parley/api/browser/patience'
import { LIMITS } from '@parley/protocol/limits'
import { LinkButton, Loading, Skeleton, WaitingPage } from '@parley/ui'
import { useEffect, useState } from 'react'
import { ask } from '../api/client.ts'
import type { Procedures } from '../api/procedures.ts'
import { readError } from '../api/read-error.ts'
import { EntryForm } from './entry-form.tsx'
import { EntryFrame } from './entry-frame.tsx'

type State =
  | { at: 'looking' }
  | { at: 'open'; invitation: Procedures['account.invitation']['output'] }
  | { at: 'shut'; failure: Failure; attempt: number }

/** The end of an invitation link: a name and a password make it an account. */
export function AcceptInvitation({ token }: { token: string }) {
  const [state, setState] = useState<State>({ at: 'looking' })
  const [attempt, setAttempt] = useState(0)
  useEffect(() => {
    ask('account.invitation', { token }, attemptSignal())
      .then((invitation) => setState({ at: 'open', invitation }))
      .catch((error: unknown) => setState({ at: 'shut', failure: readError(error), attempt }))
  }, [token, attempt])

  if (state.at === 'looking')
    return (
      <EntryFrame title="You have been invited">
        <Loading className="mt-5 flex flex-col gap-4">
          <Skeleton className="h-12" />
          <Skeleton className="h-12" />
          <Skeleton className="h-10" />
        </Loading>
      </EntryFrame>
    )
  if (state.at === 'shut' && passes(state.failure))
    return (
      <WaitingPage
        waitsFor={waitsFor(state.failure)}
        trying={state.attempt !== attempt}
        onAgain={() => setAttempt(attempt + 1)}
      />
    )
  if (state.at === 'shut')
    return (
      <EntryFrame title="This invitation cannot be used" about={state.failure.says}>
        <LinkButton href="/sign-in" className="mt-5">
          Go to sign-in
        </LinkButton>
      </EntryFrame>
    )
  const { invitation } = state
  return (
    <EntryFrame
      title={`Join ${invitation.organisation || 'Parley'}`}
      about={`You were invited as ${invitation.email}. Choose how others see you, and a password.`}
    >
      <EntryForm
        door="accept-invitation"
        verb="Join"
        extra={{ token }}
        fields={[
          {
            name: 'name',
            label: 'Your name',
            autoComplete: 'name',
            maxLength: LIMITS.personName,
            value: invitation.name,
          },
          {
            name: 'password',
            label: 'Password',
            type: 'password',
            autoComplete: 'new-password',
            hint: `At least ${invitation.minimumLength} characters. A few unrelated words are easy to remember.`,
          },
        ]}
      />
    </EntryFrame>
  )
}
