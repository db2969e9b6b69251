import { formatNumber, Timestamp, useUiLocale } from '@parley/ui'
import { Facts, Section } from '../../list/facts.tsx'
import { ROLE_NAMES, ROLE_SAYS } from '../words.ts'
import type { PersonDetail } from './person-panel.tsx'

const when = (at: number | null) => (at === null ? null : <Timestamp at={at} />)

/** What is known about an account. */
export function AccountFacts({ person }: { person: PersonDetail }) {
  const { locale } = useUiLocale()
  const { invitation } = person
  return (
    <Section title="Account">
      <Facts
        facts={[
          [
            'Role',
            <span key="role">
              {ROLE_NAMES[person.role]}
              <span className="block text-muted text-sm">{ROLE_SAYS[person.role]}</span>
            </span>,
          ],
          ['E-mail address', person.email ?? <span className="text-muted">None</span>],
          ['Last active', when(person.lastActiveAt) ?? <span className="text-muted">Never</span>],
          ['Added', when(person.createdAt)],
          [
            'Invited',
            invitation && (
              <span>
                {when(invitation.sentAt)} by {invitation.by || 'somebody who is gone'}
                <span className="block text-muted text-sm">
                  The link {invitation.expiresAt < Date.now() ? 'expired' : 'expires'}{' '}
                  <Timestamp at={invitation.expiresAt} format="relative" />
                </span>
              </span>
            ),
          ],
          ['Deactivated', when(person.deactivatedAt)],
          ['Must wait until', when(person.lockedUntil)],
          ['Conversations', formatNumber(person.conversations, locale)],
          ['API tokens', person.tokens > 0 && formatNumber(person.tokens, locale)],
          ['Time zone', person.timezone],
        ]}
      />
    </Section>
  )
}
