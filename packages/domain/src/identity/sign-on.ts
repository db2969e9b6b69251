import type { Tx } from '@parley/db'
import { isParleyError, SIGN_ON_REFUSALS, type SignOnReason, zId } from '@parley/protocol'
import { z } from 'zod'
import { anyone } from '../access.ts'
import type { SignedIn } from '../accounts/sign-in.ts'
import { startedAudit } from '../accounts/sign-in-audit.ts'
import { addressOf } from '../actor.ts'
import { command } from '../command.ts'
import type { Assertion } from '../ports.ts'
import { Refusal } from '../refusal.ts'
import { startSession, zFrom } from '../sessions/start-session.ts'
import { openRequest } from './pending-request.ts'
import { type Identified, personOf } from './person-of.ts'
import { openProvider, type StoredProvider } from './stored-provider.ts'

export type SignedOn = SignedIn & { to: string; provider: string; how: Identified['how'] }

export type SignOnRefusal = Refusal<{
  reason: SignOnReason
  /** What was wrong, for the audit log. */
  detail: string
  provider: { id: string; name: string }
  subject: string | null
}>

/**
 * Signs in whom the identity provider's assertion names.
 *
 * 1. It must answer a request that this browser began, and be verified (ports.ts, `Saml.verify`).
 * 2. An assertion is good once, on all nodes: it is kept until it expires.
 * 3. Who it is follows from the provider's subject; by e-mail address only where the provider may speak for its domain,
 *    and never as an owner (`personOf`).
 */
export const signOn = command({
  name: 'identity.signOn',
  input: z.strictObject({
    provider: zId,
    response: z.string().max(400_000),
    request: z.string().max(4_000).nullable(),
    ...zFrom,
  }),
  access: anyone('signing in is how somebody becomes known'),
  limit: 'signOn',
  tokens: 'never',
  audit: ({ result }: { result: SignedOn | SignOnRefusal }) => {
    if (result instanceof Refusal) return refusedAudit(result.about)
    const started = startedAudit(result, 'saml')
    if (result.how === 'known') return started
    const { by, entity } = started
    return [
      { action: 'person.provisioned', by, entity, after: { provider: result.provider, how: result.how } },
      started,
    ]
  },
  async run({ tx, actor, deps, tell }, input): Promise<SignedOn | SignOnRefusal> {
    const provider = await openProvider(tx, input.provider)
    const refuse = (reason: SignOnReason, detail: string, subject: string | null = null): SignOnRefusal =>
      new Refusal(
        'wrong_credentials',
        { reason, detail, provider, subject },
        { message: SIGN_ON_REFUSALS[reason] },
      )
    const pending = openRequest(deps.secrets, input.request, provider.id, deps.now())
    if (!pending) return refuse('expired', 'no request of this browser is open')
    let assertion: Assertion
    try {
      assertion = await deps.saml.verify(provider.id, provider.config, input.response, pending.requestId)
    } catch (e) {
      if (isParleyError(e) && e.code === 'wrong_credentials') return refuse('refused', e.message)
      throw e
    }
    const { subject } = assertion
    if (!(await useOnce(tx, provider, assertion)))
      return refuse('used', 'the assertion was used before', subject)
    const person = await personOf({ tx, deps, tell }, provider, assertion)
    if (typeof person === 'string') return refuse(person, 'the account may not be signed in', subject)
    const { device, agent } = input
    const start = { person: person.id, method: 'saml', device, agent, address: addressOf(actor) } as const
    const session = await startSession(tx, deps, start)
    return { ...session, name: person.name, how: person.how, to: pending.to, provider: provider.name }
  },
})

async function useOnce(
  tx: Pick<Tx, 'sql'>,
  provider: StoredProvider,
  assertion: Assertion,
): Promise<boolean> {
  const [first] = await tx.sql`
    INSERT INTO used_assertions (provider_id, id, expires_at)
    VALUES (${provider.id}, ${assertion.assertionId}, ${assertion.expiresAt}) ON CONFLICT DO NOTHING RETURNING id`
  return first !== undefined
}

const refusedAudit = ({ reason, detail, provider, subject }: SignOnRefusal['about']) => ({
  action: 'session.refused' as const,
  entity: { kind: 'identity_provider', id: provider.id, name: provider.name },
  after: { reason, detail: detail.slice(0, 300), ...(subject && { subject }) },
  result: 'refused' as const,
})
