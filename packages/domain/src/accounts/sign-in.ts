import type { Tx } from '@parley/db'
import type { Id } from '@parley/protocol'
import { z } from 'zod'
import { anyone } from '../access.ts'
import { addressOf } from '../actor.ts'
import { command, limit } from '../command.ts'
import { Refusal } from '../refusal.ts'
import { readDeviceCookie } from '../sessions/device-cookie.ts'
import { type StartedSession, startSession, zFrom } from '../sessions/start-session.ts'
import { readSettings } from '../settings/read.ts'
import { zEmail } from './email.ts'
import { afterFailure, type Failures, waitOf } from './lockout.ts'
import { verifyPassword } from './passwords/argon.ts'
import { zPassword } from './passwords/password.ts'
import { refusedAudit, type SignInRefusal, startedAudit } from './sign-in-audit.ts'
import { rememberUnknown, unknownFailures } from './unknown-address.ts'

type Candidate = {
  id: Id
  name: string
  status: string
  password_hash: string | null
  failed_attempts: number
  locked_until: Date | null
}
export type SignedIn = StartedSession & { name: string }

/**
 * Signs a person in with their password.
 *
 * 1. An address that nobody has, and one that may not sign in, get the same answer in the same time and the same
 *    waits as a wrong password.
 * 2. While an address waits no password is looked at, right or wrong.
 * 3. A device that the person has used before (its cookie says so) has tries of its own (OWASP, Device Cookies): whoever
 *    knows an address, or sits in the same office, cannot shut its owner out.
 * 4. Tries for one address come one after the other, so that many at once do not get around the count.
 */
export const signIn = command({
  name: 'account.signIn',
  input: z.strictObject({ email: zEmail, password: zPassword, ...zFrom }),
  access: anyone('signing in is how somebody becomes known'),
  limit: 'door',
  tokens: 'never',
  audit: ({ result }: { result: SignedIn | SignInRefusal }) =>
    result instanceof Refusal ? refusedAudit(result.about) : startedAudit(result, 'password'),
  async run({ tx, actor, deps }, input): Promise<SignedIn | SignInRefusal> {
    const now = deps.now()
    const device = await ownDevice(tx, input)
    const own = device !== null && (await deps.limiter.take('ownDevice', device)) === null
    if (!own) await limit('signIn', actor, deps)
    const person = await lockCandidate(tx, input.email)
    const before: Failures = person
      ? { failed: person.failed_attempts, lockedUntil: person.locked_until }
      : await unknownFailures(tx, input.email)
    const about = { person: person && { id: person.id, name: person.name }, email: input.email }
    const wait = own ? null : waitOf(before, now)
    if (wait !== null) return refusal('locked', { ...about, reason: 'locked' }, wait)

    const right = await verifyPassword(person?.password_hash ?? null, input.password)
    if (person && right && person.status === 'active') {
      if (!own)
        await tx.sql`UPDATE people SET failed_attempts = 0, locked_until = NULL WHERE id = ${person.id}`
      const { device, agent } = input
      const start = {
        person: person.id,
        method: 'password',
        device,
        agent,
        address: addressOf(actor),
      } as const
      return { ...(await startSession(tx, deps, start)), name: person.name }
    }

    const reason = person && person.status !== 'active' ? person.status : 'wrong credentials'
    if (own) return refusal('wrong_credentials', { ...about, reason })
    const settings = await readSettings(tx.sql)
    const after = afterFailure(before, settings['passwords.failuresBeforeLock'], now)
    if (person)
      await tx.sql`UPDATE people SET failed_attempts = ${after.failed}, locked_until = ${after.lockedUntil} WHERE id = ${person.id}`
    else await rememberUnknown(tx, input.email, after, now)
    return refusal('wrong_credentials', { ...about, reason, lockedUntil: after.lockedUntil })
  },
})

type Tried = { email: string; device: string | null }

/** The device that is shown, when whoever has this address has used it before. */
async function ownDevice(tx: Pick<Tx, 'sql'>, { email, device }: Tried): Promise<Id | null> {
  const shown = readDeviceCookie(device)
  if (!shown) return null
  const [row] = await tx.sql<{ id: Id }>`
    SELECT d.id FROM devices d JOIN people p ON p.id = d.person_id
    WHERE d.id = ${shown.id} AND d.secret_hash = ${shown.secretHash} AND lower(p.email) = ${email} AND p.kind = 'person'`
  return row?.id ?? null
}

async function lockCandidate(tx: Pick<Tx, 'sql'>, email: string): Promise<Candidate | null> {
  const [row] = await tx.sql<Candidate>`
    SELECT id, name, status, password_hash, failed_attempts, locked_until FROM people
    WHERE lower(email) = ${email} AND kind = 'person' FOR NO KEY UPDATE`
  return row ?? null
}

const refusal = (
  code: 'locked' | 'wrong_credentials',
  about: SignInRefusal['about'],
  retryAfter?: number,
): SignInRefusal =>
  new Refusal(code, about, { retryAfter, message: retryAfter ? waiting(retryAfter) : undefined })

const waiting = (seconds: number) =>
  `Too many failed attempts. Try again in ${seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`}.`
