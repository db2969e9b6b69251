import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto'
import { zId } from '@parley/protocol'
import { z } from 'zod'
import type { PersonActor } from '../actor.ts'
import { ROLES } from '../permissions.ts'

/**
 * From being handed out to being shown to a realtime node: a ticket by the API, to go there with; a resume token by a
 * node to somebody inside, to come back with, to whichever node, without asking the API.
 */
export const TICKET_MS = 30_000
export const RESUME_MS = 900_000
const LIVES_MS = { ticket: TICKET_MS, resume: RESUME_MS } as const
type Kind = keyof typeof LIVES_MS

const zTicket = z.strictObject({
  kind: z.enum(['ticket', 'resume']),
  person: zId,
  session: zId,
  device: zId,
  name: z.string(),
  role: z.enum(ROLES),
  /** Unix milliseconds. */
  expires: z.number(),
})
export type Ticket = z.infer<typeof zTicket>

const sign = (key: KeyObject, body: string) => createHmac('sha256', key).update(body).digest()

/** `key`: deps.secrets.key('ticket'). */
export function issueTicket(key: KeyObject, actor: PersonActor, now: Date, kind: Kind = 'ticket'): string {
  const { id: person, session, device, name, role } = actor
  const expires = now.getTime() + LIVES_MS[kind]
  const ticket: Ticket = { kind, person, session, device, name, role, expires }
  const body = Buffer.from(JSON.stringify(ticket)).toString('base64url')
  return `${body}.${sign(key, body).toString('base64url')}`
}

/**
 * Opens a ticket of either kind without asking the database. Null when it is not ours or is over.
 * A session may have been revoked since: nodes look it up, and remember what was revoked meanwhile.
 */
export function verifyTicket(key: KeyObject, text: string, now: Date): Ticket | null {
  const [body = '', seal = '', ...rest] = text.split('.')
  const shown = Buffer.from(seal, 'base64url')
  const ours = sign(key, body)
  if (rest.length > 0 || shown.length !== ours.length || !timingSafeEqual(shown, ours)) return null
  // sealed by us, but perhaps by a newer version while this one is being replaced: then it is shown elsewhere
  const { data: ticket } = zTicket.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString()))
  return ticket && ticket.expires > now.getTime() ? ticket : null
}

/** When it was handed out, in Unix milliseconds. */
export const issuedAt = ({ kind, expires }: Ticket): number => expires - LIVES_MS[kind]
