'use client'
import { buttonStyle } from '@parley/ui'
import { KeyRound } from 'lucide-react'
import { useEffect, useState } from 'react'
import { ask } from '../api/client.ts'
import { nextPlace } from './enter.ts'

type Option = { id: string; name: string }

/** What became of a sign-in through an identity provider, by the word that the way back carries. */
const SAYS: Record<string, string> = {
  expired: 'The sign-in took too long, or was begun in another browser. Begin again.',
  refused:
    'What the identity provider sent is not valid here. Begin again; if it stays so, tell your administrator.',
  used: 'This sign-in was used already. Begin again.',
  deactivated: 'This account is deactivated. Ask your administrator.',
  no_account: 'Your identity provider may not sign you in to this account. Ask your administrator.',
  failed: 'Signing in through the identity provider did not work. Begin again in a moment.',
}

/** The identity providers that people may sign in through, and why the last try led back here. */
export function SignOn() {
  const [options, setOptions] = useState<readonly Option[]>([])
  const [reason, setReason] = useState<string | null>(null)
  useEffect(() => {
    setReason(new URLSearchParams(window.location.search).get('sso'))
    ask('identity.signOnOptions', {}).then(setOptions, () => {
      // Passwords go on working; the form below says when nothing answers.
    })
  }, [])
  return (
    <>
      {reason && (
        <p role="alert" className="mt-4 rounded-sm bg-danger-soft px-3 py-2 text-danger-text">
          {SAYS[reason] ?? SAYS.failed}
        </p>
      )}
      {options.length > 0 && (
        <div className="mt-5 flex flex-col gap-2">
          {options.map(({ id, name }) => (
            // Not a link of the router's, which would fetch it ahead: going there begins a sign-in.
            <a
              key={id}
              href={`/api/saml/${id}/begin?to=${encodeURIComponent(nextPlace())}`}
              className={buttonStyle('secondary', 'large')}
            >
              <KeyRound aria-hidden="true" className="size-4" />
              <span className="truncate">Continue with {name}</span>
            </a>
          ))}
          <p className="mt-3 flex items-center gap-3 text-muted text-sm before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
            or with a password
          </p>
        </div>
      )}
    </>
  )
}
