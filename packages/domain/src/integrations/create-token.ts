import { type Id, LIMITS, ParleyError, zId } from '@parley/protocol'
import { z } from 'zod'
import { permitted } from '../access.ts'
import { command } from '../command.ts'
import { oneLine } from '../one-line.ts'
import { SCOPES, type Scope } from '../scopes.ts'
import { fingerprint } from '../sessions/opaque.ts'
import { readSettings } from '../settings/read.ts'
import { type Bot, botCreated, heldBot, makeBot, zNewBot } from './bots.ts'
import { hintOf, newSecret } from './secret.ts'

const DAY = 86_400_000
const SCOPE_NAMES = Object.keys(SCOPES) as Scope[]

/** `secret` is shown once and kept nowhere; `expiresAt` in Unix milliseconds. */
export type CreatedToken = {
  id: Id
  name: string
  secret: string
  hint: string
  scopes: Scope[]
  expiresAt: number
  bot: Bot
  madeBot: boolean
}

/** Makes a token for a bot, or for a new one: both or neither. */
export const createToken = command({
  name: 'token.create',
  input: z.strictObject({
    bot: z.union([zId, zNewBot]),
    name: oneLine(LIMITS.personName),
    scopes: z.array(z.enum(SCOPE_NAMES)).min(1, 'choose at least one').max(SCOPE_NAMES.length),
    days: z.int().min(1),
  }),
  access: permitted('tokens.manage'),
  limit: 'administration',
  tokens: 'never',
  audit: ({ result: { id, name, bot, madeBot, scopes, expiresAt, hint } }: { result: CreatedToken }) => [
    ...(madeBot ? [botCreated(bot)] : []),
    {
      action: 'token.created',
      entity: { kind: 'token', id, name },
      after: { bot: bot.id, botName: bot.name, scopes, expiresAt, hint },
    },
  ],
  async run({ tx, scope: { me }, deps }, { bot: which, name, scopes, days }): Promise<CreatedToken> {
    const { 'tokens.maximumDays': most } = await readSettings(tx.sql)
    if (days > most)
      throw new ParleyError('bad_input', `days: a token may live at most ${most} days.`, { field: 'days' })
    const now = deps.now()
    const madeBot = typeof which !== 'string'
    const bot = madeBot ? await makeBot(tx, { ...which, id: deps.newId(), now }) : await heldBot(tx, which)
    const secret = newSecret()
    const token = {
      ...{ id: deps.newId(), name, secret, hint: hintOf(secret), bot, madeBot },
      scopes: SCOPE_NAMES.filter((scope) => scopes.includes(scope)),
      expiresAt: now.getTime() + days * DAY,
    }
    await tx.sql`
      INSERT INTO api_tokens (id, person_id, name, hash, hint, scopes, created_by, created_at, expires_at)
      VALUES (${token.id}, ${bot.id}, ${name}, ${fingerprint(secret)}, ${token.hint}, ${token.scopes}, ${me.id}, ${now},
        ${new Date(token.expiresAt)})`
    return token
  },
})
