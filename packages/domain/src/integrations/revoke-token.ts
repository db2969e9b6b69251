import { type Id, ParleyError, zId } from '@parley/protocol'
import { z } from 'zod'
import { permitted } from '../access.ts'
import { command } from '../command.ts'

type Revoked = { id: Id; name: string; bot: Id }

/** Ends a token at once: its next request is refused. */
export const revokeToken = command({
  name: 'token.revoke',
  input: z.strictObject({ token: zId }),
  access: permitted('tokens.manage'),
  limit: 'administration',
  tokens: 'never',
  audit: ({ result }: { result: Revoked }) => ({
    action: 'token.revoked',
    entity: { kind: 'token', id: result.id, name: result.name },
    before: { bot: result.bot },
  }),
  async run({ tx, deps }, { token }): Promise<Revoked> {
    const [row] = await tx.sql<Revoked>`
      UPDATE api_tokens SET revoked_at = ${deps.now()} WHERE id = ${token} AND revoked_at IS NULL
      RETURNING id, name, person_id AS bot`
    if (!row) throw new ParleyError('not_found', 'There is no such token, or it is revoked already.')
    return row
  },
})
