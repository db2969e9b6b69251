'use client'
import { LIMITS } from '@parley/protocol'
import { LinkButton } from '@parley/ui'
import { EntryForm } from './entry-form.tsx'
import { EntryFrame } from './entry-frame.tsx'

/** The end of an invitation link: a name and a password make it an account. */
export function AcceptInvitation({ token }: { token: string }) {
  if (!token)
    return (
      <EntryFrame
        title="This link is not complete"
        about="Open the link in your invitation again, or ask whoever invited you for a new one."
      >
        <LinkButton href="/sign-in" className="mt-5">
          Go to sign-in
        </LinkButton>
      </EntryFrame>
    )
  return (
    <EntryFrame
      title="You have been invited"
      about="Choose how others see you, and a password for this account."
    >
      <EntryForm
        door="accept-invitation"
        verb="Join"
        extra={{ token }}
        fields={[
          { name: 'name', label: 'Your name', autoComplete: 'name', maxLength: LIMITS.personName },
          {
            name: 'password',
            label: 'Password',
            type: 'password',
            autoComplete: 'new-password',
            hint: 'Twelve characters or more. A few unrelated words are easy to remember.',
          },
        ]}
      />
    </EntryFrame>
  )
}
