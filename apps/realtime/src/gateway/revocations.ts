import { issuedAt, TICKET_MS, type Ticket } from '@parley/domain/sessions/ticket'
import type { Id } from '@parley/protocol'

type Revoked = { sessions: Id[]; people: Id[] }
export type Revocations = {
  note(revoked: Revoked, now: Date): void
  /** Whether what the ticket stands for was revoked since it was handed out. */
  covers(ticket: Ticket): boolean
}

/** Revoked within the life of one ticket. Past it the oldest are forgotten: sessions are looked up as well, whatever is shown. */
const REMEMBERED = 100_000
/** By so much the clocks of two machines may differ. */
const CLOCKS_MS = 5_000

/** What was revoked lately, so that a ticket that was handed out before lets nobody in. */
export function revocations(): Revocations {
  const sessions = new Map<Id, number>()
  const people = new Map<Id, number>()

  function remember(map: Map<Id, number>, id: Id, at: number): void {
    map.delete(id)
    map.set(id, at)
    for (const [oldest, since] of map) {
      if (map.size <= REMEMBERED && at - since < TICKET_MS + CLOCKS_MS) return
      map.delete(oldest)
    }
  }

  return {
    note(revoked, now) {
      for (const id of revoked.sessions) remember(sessions, id, now.getTime())
      for (const id of revoked.people) remember(people, id, now.getTime())
    },
    covers: (ticket) => sessions.has(ticket.session) || (people.get(ticket.person) ?? 0) >= issuedAt(ticket),
  }
}
