'use client'
import { attemptSignal } from '@parley/api/browser/patience'
import { useTryAgain } from '@parley/ui'
import { useEffect, useState } from 'react'
import { ask } from '../api/client.ts'
import { readError } from '../api/read-error.ts'
import { EntryForm } from './entry-form.tsx'
import { EntryFrame } from './entry-frame.tsx'
import { SignOn } from './sign-on.tsx'

/** For people who have an account. Where nobody has one yet, set-up comes first. */
export function SignIn() {
  const [organisation, setOrganisation] = useState<string | null>(null)
  const [attempt, setAttempt] = useState(0)
  const [trouble, setTrouble] = useState<{ attempt: number; says: string } | null>(null)
  const [ended, setEnded] = useState(false)
  useEffect(() => {
    setEnded(new URLSearchParams(window.location.search).has('ended'))
    ask('organisation.setupState', {}, attemptSignal())
      .then((state) => {
        if (state.needed) return window.location.replace('/set-up')
        setTrouble(null)
        setOrganisation(state.organisation)
      })
      .catch((error: unknown) => setTrouble({ attempt, says: readError(error).says }))
  }, [attempt])
  useTryAgain(trouble?.attempt === attempt, () => setAttempt(attempt + 1))
  return (
    <EntryFrame
      title={organisation ? `Sign in to ${organisation}` : 'Sign in'}
      about={trouble?.says ?? (ended && 'You are signed out here: this session was ended.')}
    >
      <SignOn key={attempt} />
      <EntryForm
        door="sign-in"
        verb="Sign in"
        fields={[
          { name: 'email', label: 'E-mail address', type: 'email', autoComplete: 'username' },
          { name: 'password', label: 'Password', type: 'password', autoComplete: 'current-password' },
        ]}
      />
      <p className="mt-5 border-t pt-4 text-muted text-sm">
        No account, or no way in? An administrator of your organisation can invite you or send a new link.
      </p>
    </EntryFrame>
  )
}
