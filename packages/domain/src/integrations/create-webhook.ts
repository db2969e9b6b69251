import { type Id, LIMITS, zId } from '@parley/protocol'
import { z } from 'zod'
import type { AuditRecord } from '../audit-log.ts'
import { command } from '../command.ts'
import { addPeople } from '../conversations/add-people.ts'
import { entityOf } from '../conversations/entity.ts'
import { requireChannel, requireOpen } from '../conversations/policy.ts'
import { oneLine } from '../one-line.ts'
import { fingerprint } from '../sessions/opaque.ts'
import { type Bot, botCreated, heldBot, makeBot } from './bots.ts'
import { newSecret } from './secret.ts'
import { type WebhookPlace, webhookPlace, webhookUrl } from './webhooks.ts'

/** `url` is shown once and kept nowhere. `joined`: the bot was not in the channel before. */
export type CreatedWebhook = {
  id: Id
  name: string
  url: string
  conversation: Id
  bot: Bot
  madeBot: boolean
  joined: boolean
}

/**
 * Makes an address to which another system posts into one channel, as a bot that joins it: one that is there already,
 * or a new one with the webhook's name.
 */
export const createWebhook = command({
  name: 'webhook.create',
  input: z.strictObject({ conversation: zId, name: oneLine(LIMITS.personName), bot: zId.optional() }),
  access: webhookPlace,
  limit: 'administration',
  tokens: 'never',
  audit: ({ scope, result }: { scope: WebhookPlace; result: CreatedWebhook }) => recordsOf(scope, result),
  async run(context, { conversation, name, bot: which }): Promise<CreatedWebhook> {
    const { tx, scope, deps } = context
    requireChannel(scope.conversation)
    requireOpen(scope.conversation)
    const now = deps.now()
    const bot = which ? await heldBot(tx, which) : await makeBot(tx, { name, id: deps.newId(), now })
    const joined = await addPeople(context, conversation, [{ person: bot.id, role: 'member' }])
    const id = deps.newId()
    const secret = newSecret()
    await tx.sql`
      INSERT INTO incoming_webhooks (id, conversation_id, person_id, name, hash, created_by, created_at)
      VALUES (${id}, ${conversation}, ${bot.id}, ${name}, ${fingerprint(secret)}, ${scope.me.id}, ${now})`
    return {
      ...{ id, name, url: webhookUrl(deps, id, secret), conversation, bot },
      ...{ madeBot: !which, joined: joined.length > 0 },
    }
  },
})

function recordsOf({ conversation }: WebhookPlace, done: CreatedWebhook): AuditRecord[] {
  const { id, name, bot, madeBot, joined } = done
  const invited: AuditRecord = {
    ...{ action: 'conversation.invited', entity: entityOf(conversation), after: { people: [bot.id] } },
  }
  const created: AuditRecord = {
    action: 'webhook.created',
    entity: { kind: 'webhook', id, name },
    after: {
      conversation: conversation.id,
      conversationName: conversation.name,
      bot: bot.id,
      botName: bot.name,
    },
  }
  return [...(madeBot ? [botCreated(bot)] : []), ...(joined ? [invited] : []), created]
}
