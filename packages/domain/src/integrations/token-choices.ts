import { z } from 'zod'
import { permitted } from '../access.ts'
import { query } from '../command.ts'
import { SCOPES, type Scope } from '../scopes.ts'
import { readSettings } from '../settings/read.ts'

export type TokenChoices = { scopes: { name: Scope; says: string }[]; maximumDays: number }

/** What a new token may be given, so that no form has to know it. */
export const tokenChoices = query({
  name: 'token.choices',
  input: z.strictObject({}),
  access: permitted('tokens.read'),
  limit: 'read',
  tokens: 'never',
  async run({ tx }): Promise<TokenChoices> {
    const settings = await readSettings(tx.sql)
    const scopes = Object.entries(SCOPES).map(([name, says]) => ({ name: name as Scope, says }))
    return { scopes, maximumDays: settings['tokens.maximumDays'] }
  },
})
