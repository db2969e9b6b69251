import { type Id, zId } from '@parley/protocol'
import { z } from 'zod'
import { permitted } from '../access.ts'
import { command } from '../command.ts'
import { requireOtherWayIn, requireOwnerIfOwnersUse } from './owners-way-in.ts'
import { providerOf } from './stored-provider.ts'

type Removed = { id: Id; name: string; entityId: string; people: number }

/** Removes a provider and who its subjects are. The people stay, and sign in by invitation or password from then on. */
export const removeProvider = command({
  name: 'identity.removeProvider',
  input: z.strictObject({ provider: zId }),
  access: permitted('identity.manage'),
  limit: 'administration',
  tokens: 'never',
  audit: ({ result }: { result: Removed }) => ({
    action: 'identity_provider.removed',
    entity: { kind: 'identity_provider', id: result.id, name: result.name },
    before: { entityId: result.entityId, people: result.people },
  }),
  async run({ tx, scope }, { provider }): Promise<Removed> {
    const { id, name, enabled, config } = await providerOf(tx, provider, true)
    await requireOwnerIfOwnersUse(tx, scope.me.role, { id, name })
    if (enabled) await requireOtherWayIn(tx, { id, name })
    const linked = await tx.sql`DELETE FROM external_identities WHERE provider_id = ${id} RETURNING subject`
    await tx.sql`DELETE FROM identity_providers WHERE id = ${id}`
    return { id, name, entityId: config.entityId, people: linked.length }
  },
})
