import { type Id, ParleyError } from '@parley/protocol'
import { type Access, permitted } from '../access.ts'
import type { PersonActor } from '../actor.ts'
import { heldReadable, type ThatConversation } from '../conversations/access.ts'
import type { Deps } from '../deps.ts'

export type WebhookPlace = { me: PersonActor; conversation: ThatConversation }

/**
 * Where a webhook may be made: by who manages tokens, in what they may see themselves. A private channel that they are
 * not in stays absent for them; one of its members would have to ask them in.
 */
export const webhookPlace: Access<{ conversation: Id }, WebhookPlace> = async (at) => {
  const { me } = await permitted('tokens.manage')(at)
  const { conversation } = await heldReadable(at)
  return { me, conversation }
}

/** The place of a webhook that is not revoked, likewise. */
export const placeOfWebhook: Access<{ webhook: Id }, WebhookPlace> = async (at) => {
  await permitted('tokens.manage')(at)
  const [row] = await at.tx.sql<{ conversation: Id }>`
    SELECT conversation_id AS conversation FROM incoming_webhooks WHERE id = ${at.input.webhook} AND revoked_at IS NULL`
  if (!row) throw new ParleyError('not_found', 'There is no such webhook, or it is revoked.')
  return webhookPlace({ ...at, input: row })
}

/** Whoever knows this may post: it is shown once, like a token. */
export const webhookUrl = ({ addresses }: Pick<Deps, 'addresses'>, id: Id, secret: string): string =>
  new URL(`/api/hooks/${id}/${secret}`, addresses.web).href
