import type { Mail } from '../../ports.ts'

export type InvitationMail = {
  to: string
  name: string
  inviter: string
  organisation: string
  link: string
  until: Date
}

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

/** Plain text: it survives every filter, and the link can be read before it is followed. */
export const invitationMail = ({ to, name, inviter, organisation, link, until }: InvitationMail): Mail => ({
  to,
  subject: `${inviter} invites you to ${organisation} on Parley`,
  text: `Hello ${name},

${inviter} invites you to ${organisation} on Parley, where your colleagues write to one another.
Choose a password to begin:

${link}

The link is for you alone and can be used until ${day.format(until)} (UTC).
If you did not expect this, ignore it: nothing happens.
`,
})
