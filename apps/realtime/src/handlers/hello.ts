import { countedAs } from '@parley/domain/client-address'
import { ROLES, type Role } from '@parley/domain/permissions'
import { type Ticket, verifyTicket } from '@parley/domain/sessions/ticket'
import { type ClientFrame, type CloseReason, OLDEST_PROTOCOL, PROTOCOL } from '@parley/protocol'
import { BOUNDS } from '../gateway/bounds.ts'
import type { Connection } from '../gateway/connection.ts'
import type { Node } from '../gateway/node.ts'
import { tellHealth } from '../gateway/tell-health.ts'
import { isInside } from './lane.ts'
import { resumeFor } from './resume.ts'

type Hello = Extract<ClientFrame, { t: 'hello' }>

/**
 * Lets a connection in, or sends it elsewhere. The ticket, of either kind, proves who it is; that the session still
 * stands is looked up together with the memberships, and what is revoked meanwhile is remembered, so that there is no
 * moment to slip through.
 * @returns why the connection must end instead
 */
export function hello(
  connection: Connection,
  { ticket: text, protocol }: Hello,
  node: Node,
): CloseReason | null {
  if (protocol < OLDEST_PROTOCOL) return 'too_old'
  // a newer client at a node that is about to be replaced
  if (protocol > PROTOCOL) return 'restart'
  const ticket = verifyTicket(node.deps.secrets.key('ticket'), text, node.deps.now())
  if (!ticket) {
    const from = countedAs(connection.address)
    node.badTicketFlood.take(from)
    if (node.badTickets.take(from)) return 'bad_ticket'
    // to say so costs more than to find it out, and whoever else is there is let in
    connection.cutOff(node.now())
    return null
  }
  const elsewhere = node.elsewhere()
  if (elsewhere.length > 0) {
    connection.end('redirect', node.now(), elsewhere)
    return null
  }
  if (!node.connecting.take(ticket.person)) return 'flood'
  connection.stage = { at: 'entry' }
  enter(connection, ticket, protocol, node).catch((error: unknown) => {
    node.deps.log.error('nobody could be let in', error, { person: ticket.person })
    connection.end('unavailable', node.now())
  })
  return null
}

async function enter(connection: Connection, ticket: Ticket, protocol: number, node: Node): Promise<void> {
  const stands = await node.delivery.enter(ticket, (person, { name, role }) => {
    if (connection.stage.at !== 'entry' || node.revocations.covers(ticket)) return null
    // one that was told to go may take its time, and must not be told instead of the next
    const inside = person.connections.filter(isInside)
    if (inside.length >= BOUNDS.connectionsPerPerson) inside[0]!.end('too_many', node.now())
    node.departed.recall(person)
    const { session, device } = ticket
    const { address } = connection
    const actor = {
      kind: 'person',
      id: person.id,
      name,
      role: roleOf(role),
      session,
      device,
      address,
    } as const
    connection.stage = {
      ...{ at: 'inside', person, actor, protocol, deps: null, acts: null, pages: null, syncs: null },
      renewed: node.now(),
    }
    connection.answer({
      t: 'welcome',
      person: person.id,
      session,
      node: node.name,
      time: node.deps.now().getTime(),
      heartbeat: BOUNDS.heartbeatMs,
      resume: resumeFor(actor, node),
    })
    if (!node.healthy()) tellHealth([connection], true)
    return connection
  })
  if (!stands || node.revocations.covers(ticket)) connection.end('revoked', node.now())
}

function roleOf(role: string): Role {
  const known = ROLES.find((one) => one === role)
  if (!known) throw new Error(`no role ${role}`)
  return known
}
