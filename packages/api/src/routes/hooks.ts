import { perform } from '@parley/domain'
import { badInput } from '@parley/domain/bad-input'
import { openWebhook } from '@parley/domain/integrations/index'
import { sendOnce } from '@parley/domain/messages/index'
import { orThrow } from '@parley/domain/refusal'
import { zText } from '@parley/protocol'
import { z } from 'zod'
import { clientAddress } from '../http/address.ts'
import { json } from '../http/answer.ts'
import { readJson } from '../http/body.ts'
import type { Call } from '../http/call.ts'
import type { Route } from '../http/route.ts'
import { idempotencyKey } from '../rest/idempotency-key.ts'
import { tellRateLimit } from '../rest/rate-limit-headers.ts'

/** The longest text, every character of it escaped, and room for the rest. */
const BODY_BYTES = 262_144

/**
 * What senders made for Slack say beside the text is taken and left out: the sender is the webhook's bot. What would
 * carry more than the text (`blocks`, `attachments`) is refused rather than lost.
 */
const zPayload = z.strictObject({
  text: zText,
  username: z.unknown().optional(),
  icon_emoji: z.unknown().optional(),
  icon_url: z.unknown().optional(),
  channel: z.unknown().optional(),
})

/** Incoming webhooks. The address is the credential: who knows it may post into one channel, and do nothing else. */
export const hookRoutes: Route[] = [
  {
    ...{ method: 'POST', path: '/api/hooks/:id/:secret' },
    crossSite:
      'other systems post here; the secret in the path is all that counts, cookies are not looked at',
    kind: 'act',
    act: sendOnce,
    example: { text: 'Deployed.' },
    async answer(call) {
      const { deps } = call.context
      const { actor, conversation } = await openWebhook(deps, {
        ...{ id: call.params.id ?? '', secret: call.params.secret ?? '' },
        address: clientAddress(call.request, call.context),
      })
      const text = await textOf(call)
      const id = idempotencyKey(call.request.headers)
      orThrow(await perform(sendOnce, actor, { conversation, text, ...(id && { id }) }, deps))
      const answer = json({ ok: true })
      tellRateLimit(answer.headers, await deps.limiter.standing('webhook', actor.token))
      return answer
    },
  },
]

async function textOf({ request }: Call): Promise<string> {
  const parsed = zPayload.safeParse(await readJson(request, BODY_BYTES))
  if (parsed.success) return parsed.data.text
  throw badInput(parsed.error)
}
