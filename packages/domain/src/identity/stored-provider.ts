import type { Tx } from '@parley/db'
import { type Id, ParleyError } from '@parley/protocol'
import { z } from 'zod'
import { oneLine } from '../one-line.ts'
import { ROLES, type Role } from '../permissions.ts'

/** Roles that an account made at a first sign-in may have. Owners are made by owners alone. */
export const PROVISIONED_ROLES = ROLES.filter((role) => role !== 'owner')

/** Names of attributes are URIs or words of the provider's own. */
const attributeName = z.string().trim().max(200)

export const zConfig = z.strictObject({
  entityId: z.string().trim().min(1, 'must not be empty').max(1_024),
  signOnUrl: z.url({ protocol: /^https?$/, error: 'must be a web address' }).max(2_048),
  certificates: z
    .array(z.string().max(20_000))
    .min(1, 'needs at least one certificate')
    .max(10, 'holds at most 10 certificates'),
  emailAttribute: attributeName,
  nameAttribute: attributeName,
})
export const zName = oneLine(80)
const DOMAIN = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/
export const zDomains = z
  .array(z.string().trim().toLowerCase().regex(DOMAIN, 'must be a domain such as example.org'))
  .max(100)

export type StoredProvider = {
  id: Id
  name: string
  enabled: boolean
  domains: string[]
  config: z.infer<typeof zConfig>
  role: Role
}

/** @throws ParleyError('not_found') */
export async function providerOf(tx: Pick<Tx, 'sql'>, id: Id, lock = false): Promise<StoredProvider> {
  const [row] = lock
    ? await tx.sql<StoredProvider>`
        SELECT id, name, enabled, domains, config, role FROM identity_providers WHERE id = ${id} FOR UPDATE`
    : await tx.sql<StoredProvider>`
        SELECT id, name, enabled, domains, config, role FROM identity_providers WHERE id = ${id}`
  if (!row) throw new ParleyError('not_found')
  return row
}

/** @throws ParleyError('not_found') also while it is switched off: to the outside it is not there */
export async function openProvider(tx: Pick<Tx, 'sql'>, id: Id): Promise<StoredProvider> {
  const provider = await providerOf(tx, id)
  if (!provider.enabled) throw new ParleyError('not_found')
  return provider
}
