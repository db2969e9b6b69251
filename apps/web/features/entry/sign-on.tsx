'use client'
import { SIGN_ON_REFUSALS, type SignOnReason } from '@parley/protocol/sign-on'
import { buttonStyle } from '@parley/ui'
import { KeyRound } from 'lucide-react'
import { useEffect, useState } from 'react'
import { ask } from '../api/client.ts'
import { nextPlace } from './enter.ts'

type Option = { id: string; name: string }

const isReason = (word: string): word is SignOnReason => Object.hasOwn(SIGN_ON_REFUSALS, word)

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
          {SIGN_ON_REFUSALS[isReason(reason) ? reason : 'failed']}
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
