import { type Id, ParleyError } from '@parley/protocol'
import { z } from 'zod'
import type { Access } from '../access.ts'
import type { TokenActor } from '../actor.ts'
import { query } from '../command.ts'
import type { Scope } from '../scopes.ts'

/** `expiresAt` in Unix milliseconds. */
export type TokenSelf = {
  id: Id
  name: string
  title: string
  kind: 'bot'
  organisation: string
  token: { id: Id; name: string; scopes: Scope[]; expiresAt: number | null }
}
type Row = { title: string; organisation: string; token_name: string; expires_at: Date | null }

const byToken: Access<unknown, { me: TokenActor }> = ({ actor }) => {
  if (actor.kind !== 'token') throw new ParleyError('not_allowed', 'Only a token may ask this.')
  return { me: actor }
}

/** As whom a token acts, and what it may. */
export const tokenSelf = query({
  name: 'token.self',
  input: z.strictObject({}),
  access: byToken,
  limit: 'read',
  tokens: 'any',
  async run({ tx, scope: { me } }): Promise<TokenSelf> {
    const [row] = await tx.sql<Row>`
      SELECT p.title, coalesce((SELECT name FROM organisation LIMIT 1), '') AS organisation, t.name AS token_name, t.expires_at
      FROM api_tokens t JOIN people p ON p.id = t.person_id WHERE t.id = ${me.token}`
    if (!row) throw new ParleyError('not_found')
    return {
      ...{ id: me.id, name: me.name, title: row.title, kind: 'bot', organisation: row.organisation },
      token: {
        ...{ id: me.token, name: row.token_name, scopes: [...me.scopes] },
        expiresAt: row.expires_at?.getTime() ?? null,
      },
    }
  },
})
