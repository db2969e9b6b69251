import { type Id, zId } from '@parley/protocol'
import { z } from 'zod'
import { permitted } from '../access.ts'
import { command } from '../command.ts'
import { requireOtherWayIn, requireOwnerIfOwnersUse } from './owners-way-in.ts'
import { providerOf } from './stored-provider.ts'

type Switched = { id: Id; name: string; before: boolean; after: boolean }

/** Lets people sign in through it, or no more. Sessions that began through it go on. */
export const setProviderEnabled = command({
  name: 'identity.setProviderEnabled',
  input: z.strictObject({ provider: zId, enabled: z.boolean() }),
  access: permitted('identity.manage'),
  limit: 'administration',
  tokens: 'never',
  audit: ({ result }: { result: Switched }) => ({
    action: 'identity_provider.changed',
    entity: { kind: 'identity_provider', id: result.id, name: result.name },
    before: { enabled: result.before },
    after: { enabled: result.after },
  }),
  async run({ tx, scope, deps }, { provider, enabled }): Promise<Switched> {
    const { id, name, enabled: before } = await providerOf(tx, provider, true)
    await requireOwnerIfOwnersUse(tx, scope.me.role, { id, name })
    if (before && !enabled) await requireOtherWayIn(tx, { id, name })
    await tx.sql`
      UPDATE identity_providers SET enabled = ${enabled}, updated_by = ${scope.me.id}, updated_at = ${deps.now()}
      WHERE id = ${id}`
    return { id, name, before, after: enabled }
  },
})
