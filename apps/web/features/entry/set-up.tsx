'use client'
import { LIMITS } from '@parley/protocol/limits'
import { EntryForm } from './entry-form.tsx'
import { EntryFrame } from './entry-frame.tsx'

/** The first visit: whoever fills this in owns the installation. */
export function SetUp() {
  return (
    <EntryFrame
      title="Set up Parley"
      about="You are the first one here. This makes the organisation, and you its owner; everybody else is invited."
    >
      <EntryForm
        door="set-up"
        verb="Create the organisation"
        fields={[
          {
            name: 'organisation',
            label: 'Name of the organisation',
            autoComplete: 'organization',
            maxLength: LIMITS.conversationName,
          },
          { name: 'name', label: 'Your name', autoComplete: 'name', maxLength: LIMITS.personName },
          { name: 'email', label: 'E-mail address', type: 'email', autoComplete: 'username' },
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
