import type { Tx } from '@parley/db'
import { type Id, LIMITS, ParleyError } from '@parley/protocol'
import { z } from 'zod'
import { anyone } from '../access.ts'
import { zEmail } from '../accounts/email.ts'
import { hashPassword } from '../accounts/passwords/argon.ts'
import { requireStrong, zPassword } from '../accounts/passwords/password.ts'
import type { SignedIn } from '../accounts/sign-in.ts'
import { startedAudit } from '../accounts/sign-in-audit.ts'
import { addressOf } from '../actor.ts'
import { command } from '../command.ts'
import { oneLine } from '../one-line.ts'
import { startSession, zFrom } from '../sessions/start-session.ts'
import { makeFirstChannel } from './first-channel.ts'

export type SetUp = SignedIn & { organisation: { id: Id; name: string }; channel: Id | null }

/**
 * The first visit: makes the organisation, its owner and the first channel, and signs the owner in.
 * Only while there is no owner; of two at the same moment one succeeds.
 */
export const setUp = command({
  name: 'organisation.setUp',
  input: z.strictObject({
    organisation: oneLine(LIMITS.personName),
    name: oneLine(LIMITS.personName),
    email: zEmail,
    password: zPassword,
    ...zFrom,
  }),
  access: anyone('there is nobody yet who could be signed in'),
  limit: 'signIn',
  tokens: 'never',
  audit: ({ result }: { result: SetUp }) => [
    {
      action: 'organisation.created',
      by: { id: result.person, name: result.name, session: result.session },
      entity: { kind: 'organisation', ...result.organisation },
      after: { owner: result.person, channel: result.channel },
    },
    startedAudit(result, 'setup'),
  ],
  async run(context, input): Promise<SetUp> {
    const { tx, actor, deps } = context
    const now = deps.now()
    await tx.sql`SELECT pg_advisory_xact_lock(hashtext('organisation.setUp'))`
    const [owned] = await tx.sql`SELECT FROM people WHERE role = 'owner' LIMIT 1`
    if (owned)
      throw new ParleyError('conflict', 'This installation is set up already. Sign in, or ask to be invited.')
    const { name, email, password, device, agent } = input
    await requireStrong(tx.sql, password, { email, name })
    const person = await makeOwner(tx, {
      id: deps.newId(),
      email,
      name,
      hash: await hashPassword(password),
      now,
    })
    const organisation = { id: deps.newId(), name: input.organisation }
    await tx.sql`INSERT INTO organisation (id, name, created_at) VALUES (${organisation.id}, ${organisation.name}, ${now})`
    const channel = await makeFirstChannel(context, person)
    const start = { person, method: 'setup', device, agent, address: addressOf(actor) } as const
    return { ...(await startSession(tx, deps, start)), name, organisation, channel }
  },
})

/** Whoever is in an import made before, with this address, becomes the owner rather than a second person. */
async function makeOwner(
  tx: Pick<Tx, 'sql'>,
  owner: { id: Id; email: string; name: string; hash: string; now: Date },
): Promise<Id> {
  const [imported] = await tx.sql<{ id: Id }>`
    UPDATE people SET name = ${owner.name}, role = 'owner', status = 'active', password_hash = ${owner.hash}
    WHERE lower(email) = ${owner.email} AND kind = 'person' RETURNING id`
  if (imported) return imported.id
  await tx.sql`
    INSERT INTO people (id, email, name, role, status, password_hash, created_at)
    VALUES (${owner.id}, ${owner.email}, ${owner.name}, 'owner', 'active', ${owner.hash}, ${owner.now})`
  return owner.id
}
