import { X509Certificate } from 'node:crypto'
import { z } from 'zod'
import { permitted } from '../access.ts'
import { query } from '../command.ts'
import { may } from '../permissions.ts'
import { samlAddresses } from './saml-addresses.ts'
import type { StoredProvider } from './stored-provider.ts'

/** A provider as the console shows it. Times in Unix milliseconds. */
export type Provider = Omit<StoredProvider, 'config'> & {
  config: Omit<StoredProvider['config'], 'certificates'> & { certificates: string[] }
  /** What the provider must be told: where responses go, and our name there. */
  ours: ReturnType<typeof samlAddresses>
  /** When the last of its certificates expires. */
  certificatesExpireAt: number
  people: number
  /** Owners among them, and whether they are let in: only while an active owner was the last to save it. */
  owners: number
  letsOwnersIn: boolean
  /** Whether whoever asks may change it, switch it and remove it. */
  mayChange: boolean
  lastSignInAt: number | null
}
type Row = StoredProvider & Pick<Provider, 'people' | 'owners' | 'letsOwnersIn'> & { last_at: Date | null }

export const listProviders = query({
  name: 'identity.listProviders',
  input: z.strictObject({}),
  access: permitted('identity.read'),
  limit: 'read',
  tokens: 'never',
  async run({ tx, deps, scope: { me } }): Promise<Provider[]> {
    const rows = await tx.sql<Row>`
      SELECT p.id, p.name, p.enabled, p.domains, p.config, p.role, count(e.subject)::int AS people,
        (count(*) FILTER (WHERE w.role = 'owner'))::int AS owners, bool_and(u.role = 'owner' AND u.status = 'active') AS "letsOwnersIn",
        (SELECT max(s.created_at) FROM sessions s JOIN external_identities x ON x.person_id = s.person_id
         WHERE x.provider_id = p.id AND s.method = 'saml') AS last_at
      FROM identity_providers p LEFT JOIN external_identities e ON e.provider_id = p.id
        LEFT JOIN people w ON w.id = e.person_id JOIN people u ON u.id = p.updated_by
      GROUP BY p.id ORDER BY p.name, p.id`
    return rows.map(({ last_at, ...provider }) => ({
      ...provider,
      ours: samlAddresses(deps.addresses.web, provider.id),
      certificatesExpireAt: Math.max(...provider.config.certificates.map(expiry)),
      mayChange: may(me.role, 'identity.manage') && (provider.owners === 0 || me.role === 'owner'),
      lastSignInAt: last_at?.getTime() ?? null,
    }))
  },
})

const expiry = (pem: string) => Date.parse(new X509Certificate(pem).validTo)
