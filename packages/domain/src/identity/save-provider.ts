import { X509Certificate } from 'node:crypto'
import { type Id, ParleyError, zId } from '@parley/protocol'
import { z } from 'zod'
import { permitted } from '../access.ts'
import { command } from '../command.ts'
import { requireOwnerIfOwnersUse } from './owners-way-in.ts'
import {
  PROVISIONED_ROLES,
  providerOf,
  type StoredProvider,
  zConfig,
  zDomains,
  zName,
} from './stored-provider.ts'

type Saved = { id: Id; before: Omit<StoredProvider, 'id'> | null; after: Omit<StoredProvider, 'id'> }

/**
 * Sets up an identity provider, switched off at first, or changes one. `domains`: whose addresses it may speak for.
 * Whoever runs a provider can sign in as anybody there, except as an owner: see `personOf`.
 */
export const saveProvider = command({
  name: 'identity.saveProvider',
  input: z.strictObject({
    provider: zId.optional(),
    name: zName,
    domains: zDomains,
    role: z.enum(PROVISIONED_ROLES),
    config: zConfig,
  }),
  access: permitted('identity.manage'),
  limit: 'administration',
  tokens: 'never',
  audit: ({ result }: { result: Saved }) => ({
    action: result.before ? 'identity_provider.changed' : 'identity_provider.created',
    entity: { kind: 'identity_provider', id: result.id, name: result.after.name },
    before: result.before,
    after: result.after,
  }),
  async run({ tx, scope, deps }, input): Promise<Saved> {
    input.config.certificates.forEach(requireCertificate)
    const { name, domains, role, config } = input
    const now = deps.now()
    if (input.provider === undefined) {
      const id = deps.newId()
      await tx.sql`
        INSERT INTO identity_providers (id, kind, name, enabled, domains, config, role, updated_by, created_at, updated_at)
        VALUES (${id}, 'saml', ${name}, false, ${domains}, ${JSON.stringify(config)}, ${role}, ${scope.me.id}, ${now}, ${now})`
      return { id, before: null, after: { name, enabled: false, domains, config, role } }
    }
    const { id, ...before } = await providerOf(tx, input.provider, true)
    await requireOwnerIfOwnersUse(tx, scope.me.role, { id, name: before.name })
    await tx.sql`
      UPDATE identity_providers SET name = ${name}, domains = ${domains}, config = ${JSON.stringify(config)},
        role = ${role}, updated_by = ${scope.me.id}, updated_at = ${now}
      WHERE id = ${id}`
    return { id, before, after: { ...before, name, domains, config, role } }
  },
})

function requireCertificate(pem: string): void {
  try {
    new X509Certificate(pem)
  } catch {
    throw new ParleyError('bad_input', 'A certificate cannot be read: paste it whole, in PEM.', {
      field: 'config.certificates',
    })
  }
}
