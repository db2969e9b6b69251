import { type Id, ParleyError, zId } from '@parley/protocol'
import { z } from 'zod'
import { permitted } from '../access.ts'
import { command } from '../command.ts'

type Revoked = { id: Id; name: string; conversation: Id }

/** Ends a webhook at once. Its bot stays in the channel, and what it posted stays. */
export const revokeWebhook = command({
  name: 'webhook.revoke',
  input: z.strictObject({ webhook: zId }),
  access: permitted('tokens.manage'),
  limit: 'administration',
  tokens: 'never',
  audit: ({ result }: { result: Revoked }) => ({
    action: 'webhook.revoked',
    entity: { kind: 'webhook', id: result.id, name: result.name },
    before: { conversation: result.conversation },
  }),
  async run({ tx, deps }, { webhook }): Promise<Revoked> {
    const [row] = await tx.sql<Revoked>`
      UPDATE incoming_webhooks SET revoked_at = ${deps.now()} WHERE id = ${webhook} AND revoked_at IS NULL
      RETURNING id, name, conversation_id AS conversation`
    if (!row) throw new ParleyError('not_found', 'There is no such webhook, or it is revoked already.')
    return row
  },
})
