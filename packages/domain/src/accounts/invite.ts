import { type Id, LIMITS, ParleyError, zId } from '@parley/protocol'
import { z } from 'zod'
import { permitted, type Reader } from '../access.ts'
import type { PersonActor } from '../actor.ts'
import { command } from '../command.ts'
import { oneLine, oneLineOrNothing } from '../one-line.ts'
import type { ManagedPerson } from '../people/managed.ts'
import { mayEdit } from '../people/policy.ts'
import { ROLES, type Role } from '../permissions.ts'
import { zEmail } from './email.ts'
import { invitedAudit } from './invitations/invited-audit.ts'
import { judgeRows } from './invitations/judge.ts'
import { nameFrom } from './invitations/read-rows.ts'
import { sendInvitations } from './invitations/send-invitations.ts'

/** `link` is null for somebody imported: whoever holds it reads their conversations, so it goes to them alone. */
export type InvitedPerson = { person: Id; name: string; email: string; role: Role; link: string | null }

/** Invites one person by mail; with `person`, somebody who was imported and has no address yet. */
export const invite = command({
  name: 'account.invite',
  input: z.strictObject({
    email: zEmail,
    name: oneLine(LIMITS.personName).optional(),
    title: oneLineOrNothing(LIMITS.personName).optional(),
    role: z.enum(ROLES).optional(),
    person: zId.optional(),
  }),
  access: permitted('people.manage'),
  limit: 'invitation',
  tokens: 'never',
  audit: ({ result }: { result: InvitedPerson }) => invitedAudit(result),
  async run({ tx, scope: { me }, deps, tell }, input): Promise<InvitedPerson> {
    const imported = input.person ? await importedPerson(tx, me, input.person) : null
    const { email, role } = { role: 'member' as const, ...input }
    const invitee = {
      email,
      name: input.name ?? imported?.name ?? nameFrom(email),
      title: input.title ?? '',
      role,
    }
    const [judged] = await judgeRows(tx, me, [{ line: 1, email, invitee }])
    if (judged?.verdict !== 'fine')
      throw new ParleyError(judged?.verdict === 'bad' ? 'not_allowed' : 'conflict', sentence(judged?.why))
    if (imported && judged.person && judged.person !== imported.id)
      throw new ParleyError('conflict', 'Somebody else who was imported has this address.', {
        field: 'email',
      })
    const person = imported?.id ?? judged.person
    const [invited] = await sendInvitations({ tx, me, deps, tell }, [{ invitee, person }])
    return { person: invited!.person, name: invitee.name, email, role, link: person ? null : invited!.link }
  },
})

async function importedPerson(
  tx: Reader,
  me: PersonActor,
  id: Id,
): Promise<Pick<ManagedPerson, 'id' | 'name'>> {
  const [row] = await tx.sql<Pick<ManagedPerson, 'id' | 'name' | 'role' | 'status'>>`
    SELECT id, name, role, status FROM people WHERE id = ${id} AND kind = 'person' FOR NO KEY UPDATE`
  if (!row) throw new ParleyError('not_found')
  if (!mayEdit(me.role, row.role))
    throw new ParleyError('not_allowed', `Only somebody whose role is ${row.role} may do this.`)
  if (row.status !== 'imported')
    throw new ParleyError('conflict', `${row.name} was not imported, or is invited already.`)
  return row
}

const sentence = (why = 'This cannot be done.') => `${why[0]!.toUpperCase()}${why.slice(1)}.`
