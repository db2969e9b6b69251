import type { Id } from '@parley/protocol'
import type { Reader } from '../../access.ts'
import type { PersonActor } from '../../actor.ts'
import type { PersonStatus } from '../../people/managed.ts'
import { mayEdit, mayGive } from '../../people/policy.ts'
import type { Role } from '../../permissions.ts'
import type { Invitee, ReadRow } from './read-rows.ts'

/** What would become of one row. `fine` with a person: somebody imported, who is invited with what they wrote. */
export type Judged = { line: number; email: string } & (
  | { verdict: 'fine'; invitee: Invitee; person: Id | null }
  | { verdict: 'duplicate' | 'bad'; why: string }
)

/** Judges rows against one another, against who is here already, and against what the actor may give. */
export async function judgeRows(tx: Reader, me: PersonActor, rows: ReadRow[]): Promise<Judged[]> {
  const emails = rows.map((row) => row.email.toLowerCase())
  const here = await tx.sql<{ id: Id; email: string; name: string; role: Role; status: PersonStatus }>`
    SELECT id, lower(email) AS email, name, role, status FROM people WHERE lower(email) = ANY (${emails})`
  const byEmail = new Map(here.map((person) => [person.email, person]))
  const first = new Map<string, number>()
  return rows.map((row): Judged => {
    const { line, email } = row
    if ('bad' in row) return { line, email, verdict: 'bad', why: row.bad }
    const before = first.get(email)
    if (before !== undefined)
      return { line, email, verdict: 'duplicate', why: `is in this file already, in line ${before}` }
    first.set(email, line)
    const { invitee } = row
    if (!mayGive(me.role, invitee.role))
      return { line, email, verdict: 'bad', why: `your role does not allow making somebody ${invitee.role}` }
    const person = byEmail.get(email)
    if (person && person.status !== 'imported')
      return { line, email, verdict: 'duplicate', why: `${person.name} ${SAYS[person.status]}` }
    // Whoever is invited gets the row's role: nobody above the actor may lose theirs by it.
    if (person && !mayEdit(me.role, person.role))
      return {
        line,
        email,
        verdict: 'bad',
        why: `only somebody whose role is ${person.role} may invite them`,
      }
    return { line, email, verdict: 'fine', invitee, person: person?.id ?? null }
  })
}

export const SAYS = {
  active: 'is here already with this address',
  invited: 'is invited already: send the invitation again from their page',
  deactivated: 'has this address and is deactivated: reactivate them instead',
  imported: 'has this address already',
} as const satisfies Record<PersonStatus, string>
