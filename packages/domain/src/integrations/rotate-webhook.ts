import { type Id, ParleyError, zId } from '@parley/protocol'
import { z } from 'zod'
import { command } from '../command.ts'
import { fingerprint } from '../sessions/opaque.ts'
import { newSecret } from './secret.ts'
import { placeOfWebhook, webhookUrl } from './webhooks.ts'

type Rotated = { id: Id; name: string; url: string }

/**
 * Gives a webhook a new address; the old one is worth nothing from then on. Whoever does this has seen the new one: it
 * ends with them, as it ended with whoever made it.
 */
export const rotateWebhook = command({
  name: 'webhook.rotate',
  input: z.strictObject({ webhook: zId }),
  access: placeOfWebhook,
  limit: 'administration',
  tokens: 'never',
  audit: ({ result }: { result: Rotated }) => ({
    action: 'webhook.rotated',
    entity: { kind: 'webhook', id: result.id, name: result.name },
  }),
  async run({ tx, deps, scope: { me } }, { webhook }): Promise<Rotated> {
    const secret = newSecret()
    const [row] = await tx.sql<{ name: string }>`
      UPDATE incoming_webhooks SET hash = ${fingerprint(secret)}, created_by = ${me.id}
      WHERE id = ${webhook} AND revoked_at IS NULL RETURNING name`
    if (!row) throw new ParleyError('not_found', 'There is no such webhook, or it is revoked.')
    return { id: webhook, name: row.name, url: webhookUrl(deps, webhook, secret) }
  },
})
