import { type Id, LIMITS } from '@parley/protocol'
import { zEmail } from '../accounts/email.ts'
import type { Run } from '../command.ts'
import { joinForEveryone } from '../conversations/join-for-everyone.ts'
import type { Assertion } from '../ports.ts'
import { singleLine } from '../single-line.ts'
import type { StoredProvider } from './stored-provider.ts'

export type Identified = {
  id: Id
  name: string
  /** `known` before; `linked`: an account with the same address; `created` just now. */
  how: 'known' | 'linked' | 'created'
}
type Context = Pick<Run<unknown>, 'tx' | 'deps' | 'tell'>
type Row = { id: Id; name: string; role: string; status: string }

/**
 * Who the provider's subject is here.
 *
 * A provider speaks for the addresses of its domains only. It never becomes an owner by address, and an owner that it knows
 * only as long as an owner set it up as it is: whoever may set up a provider is not thereby an owner.
 */
export async function personOf(
  context: Context,
  provider: StoredProvider,
  assertion: Assertion,
): Promise<Identified | 'deactivated' | 'no_account'> {
  const { tx } = context
  const [known] = await tx.sql<Row>`
    SELECT p.id, p.name, p.role, p.status FROM external_identities e JOIN people p ON p.id = e.person_id
    WHERE e.provider_id = ${provider.id} AND e.subject = ${assertion.subject} FOR NO KEY UPDATE OF p`
  if (known?.role === 'owner' && !(await setUpByOwner(context, provider))) return 'no_account'
  if (known) return known.status === 'deactivated' ? 'deactivated' : { ...known, how: 'known' }
  const email = zEmail.safeParse(assertion.email ?? '')
  if (!email.success || !speaksFor(provider, email.data)) return 'no_account'
  const [same] = await tx.sql<Row>`
    SELECT id, name, role, status FROM people WHERE lower(email) = ${email.data} FOR NO KEY UPDATE`
  if (!same) return create(context, provider, assertion, email.data)
  if (same.role === 'owner') return 'no_account'
  if (same.status === 'deactivated') return 'deactivated'
  await link(context, provider, assertion, same.id)
  if (same.status === 'active') return { ...same, how: 'linked' }
  await tx.sql`UPDATE people SET status = 'active' WHERE id = ${same.id}`
  await tx.sql`
    UPDATE invitations SET expires_at = ${context.deps.now()}
    WHERE person_id = ${same.id} AND accepted_at IS NULL AND expires_at > ${context.deps.now()}`
  await joinForEveryone(context, same.id)
  return { ...same, how: 'linked' }
}

async function setUpByOwner({ tx }: Context, provider: StoredProvider): Promise<boolean> {
  const [row] = await tx.sql`
    SELECT FROM identity_providers i JOIN people p ON p.id = i.updated_by
    WHERE i.id = ${provider.id} AND p.role = 'owner' AND p.status = 'active'`
  return row !== undefined
}

const speaksFor = ({ domains }: StoredProvider, email: string): boolean =>
  domains.includes(email.slice(email.lastIndexOf('@') + 1))

async function link(
  { tx, deps }: Context,
  provider: StoredProvider,
  assertion: Assertion,
  person: Id,
): Promise<void> {
  await tx.sql`
    INSERT INTO external_identities (provider_id, subject, person_id, created_at)
    VALUES (${provider.id}, ${assertion.subject}, ${person}, ${deps.now()})`
}

async function create(
  context: Context,
  provider: StoredProvider,
  assertion: Assertion,
  email: string,
): Promise<Identified> {
  const { tx, deps } = context
  const id = deps.newId()
  const name =
    singleLine(assertion.name ?? '', LIMITS.personName) ||
    email.slice(0, email.lastIndexOf('@')).slice(0, LIMITS.personName)
  await tx.sql`
    INSERT INTO people (id, email, name, role, status, created_at)
    VALUES (${id}, ${email}, ${name}, ${provider.role}, 'active', ${deps.now()})`
  await link(context, provider, assertion, id)
  await joinForEveryone(context, id)
  return { id, name, how: 'created' }
}
