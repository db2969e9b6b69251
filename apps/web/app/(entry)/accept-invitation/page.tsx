import type { Metadata } from 'next'
import { AcceptInvitation } from '../../../features/entry/accept-invitation.tsx'

/** The token is in the address: no page that is visited from here may learn it. */
export const metadata: Metadata = { title: 'Accept the invitation', referrer: 'no-referrer' }

export default async function AcceptInvitationPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const { token } = await searchParams
  return <AcceptInvitation token={typeof token === 'string' ? token : ''} />
}
