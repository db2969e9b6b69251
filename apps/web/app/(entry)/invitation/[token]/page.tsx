import type { Metadata } from 'next'
import { AcceptInvitation } from '../../../../features/entry/accept-invitation.tsx'

/** The token is in the address: no page that is visited from here may learn it. */
export const metadata: Metadata = { title: 'Accept the invitation', referrer: 'no-referrer' }

export default async function InvitationPage({ params }: { params: Promise<{ token: string }> }) {
  return <AcceptInvitation token={(await params).token} />
}
