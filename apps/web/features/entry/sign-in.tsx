'use client'
import { useEffect, useState } from 'react'
import { ask } from '../api/client.ts'
import { readError } from '../api/read-error.ts'
import { EntryForm } from './entry-form.tsx'
import { EntryFrame } from './entry-frame.tsx'
import { SignOn } from './sign-on.tsx'

/** For people who have an account. Where nobody has one yet, set-up comes first. */
export function SignIn() {
  const [organisation, setOrganisation] = useState<string | null>(null)
  const [trouble, setTrouble] = useState<string | null>(null)
  const [ended, setEnded] = useState(false)
  useEffect(() => {
    setEnded(new URLSearchParams(window.location.search).has('ended'))
    ask('organisation.setupState', {})
      .then((state) => {
        if (state.needed) window.location.replace('/set-up')
        else setOrganisation(state.organisation)
      })
      .catch((error: unknown) => setTrouble(readError(error).says))
  }, [])
  return (
    <EntryFrame
      title={organisation ? `Sign in to ${organisation}` : 'Sign in'}
      about={trouble ?? (ended && 'You are signed out here: this session was ended.')}
    >
      <SignOn />
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
